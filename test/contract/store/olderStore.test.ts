import { cpSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integrity, query } from '../../../scripts/integrity.mjs'
import { apiAnswer } from '../../support/apiAnswer'
import buildOnce from '../../support/built'
import { cli, type CliResult } from '../../support/cli'
import { differences } from '../../support/differences'
import { exportedWeights } from '../../support/exportedWeights'
import { ServedProcess, type RawPage } from '../../support/servedProcess'

/** A store that an earlier version made, beside what that version said of it (its README tells how). */
const older = 'test/fixtures/store-0.1.0'

interface CommandAnswer {
  args: string[]
  code: number
  document: unknown
  error: unknown
}
interface ApiAnswer {
  path: string
  input: unknown
  data: unknown
}
interface RunShown {
  kind: keyof typeof foreign
  spec: { model: Record<string, unknown> }
}
interface Resumed {
  run: string
  document: unknown
  epochs: unknown[]
}

const expected = <T>(name: string): T => JSON.parse(readFileSync(join(older, 'expected', `${name}.json`), 'utf8')) as T
const commands = (name: string) =>
  expected<CommandAnswer[]>(name).map((answer): [string, CommandAnswer] => [titleOf(answer.args), answer])
const titleOf = (args: readonly string[]): string => args.map((arg) => arg.replace(/^.*\//, '')).join(' ')

/** Keys of the model that say nothing of its kind: that version wrote them into every spec. */
const foreign = {
  ae: ['factors', 'mappings', 'tied', 'objective', 'factorStd', 'mappingInit'],
  cae: ['hidden', 'tied', 'objective'],
  mcae: ['tied', 'objective'],
  gae: ['hidden'],
}

/** What that version's acts are called now. */
const renamed: Record<string, string> = { 'pairs.batch': 'batches.score' }

let folder: string
let data: string
const copy = (name: string): string => {
  cpSync(join(older, 'store'), join(folder, name), { recursive: true })
  return join(folder, name)
}

beforeAll(async () => {
  buildOnce()
  folder = await mkdtemp(join(tmpdir(), 'gae-older-'))
  data = copy('asked')
  expect((await cli('runs', 'list', '--data', data)).code).toBe(0)
})

afterAll(async () => {
  expect(await integrity(data)).toEqual([])
  await rm(folder, { recursive: true, force: true })
})

const errorOf = ({ code, errors }: CliResult): unknown =>
  code === 0 ? null : (JSON.parse(errors.at(-1) ?? '{}') as { error?: unknown }).error

/**
 * Asks the same again.
 * @param tolerance of what an engine computes anew
 * @param changed places where the answer is another one on purpose
 */
async function expectSame(
  { args, code, document, error }: CommandAnswer,
  tolerance = 0,
  changed: RegExp = /^$/,
): Promise<void> {
  const again = await cli(...args, '--data', data)
  const found = { code: again.code, document: again.document ?? null, error: errorOf(again) }
  const all = differences(found, { code, document, error }, tolerance)
  expect(all.filter((one) => !changed.test(one))).toEqual([])
}

/** Within rounding: the same operations on the same engine may be added up in another order on another processor. */
const rounding = 1e-6

describe('what is in a store of version 0.1.0', () => {
  it.each([...commands('datasets'), ...commands('list')])('%s', (_, answer) => expectSame(answer))

  describe.each(
    expected<(CommandAnswer & { document: RunShown })[]>('show').map(
      (answer) => [titleOf(answer.args), answer] as const,
    ),
  )('%s', (_, { args, document: { spec: wantedSpec, ...wanted } }) => {
    let found: RunShown
    beforeAll(async () => {
      found = (await cli(...args, '--data', data)).document as RunShown
    })

    it('status, results, engine and times are as they were', () => {
      const { spec: _, ...others } = found
      expect(differences(others, wanted)).toEqual([])
    })

    it('the spec is as it was, without settings of other kinds of model', () => {
      const model = Object.entries(wantedSpec.model).filter(([key]) => !foreign[wanted.kind].includes(key))
      expect(found.spec).toEqual({ ...wantedSpec, model: Object.fromEntries(model) })
    })
  })

  describe('as a page sees it', () => {
    let served: ServedProcess
    let page: RawPage
    beforeAll(async () => {
      served = await ServedProcess.start(data)
      page = await served.page()
    })
    afterAll(() => served.workbench.stop())

    it.each(expected<ApiAnswer[]>('api').map((one) => [one.path, JSON.stringify(one.input), one] as const))(
      '%s %s: epochs, predictions, scores that were kept',
      async (_path, _input, { path, input, data: wanted }) => {
        expect(differences(await apiAnswer(page, renamed[path] ?? path, input), wanted)).toEqual([])
      },
    )
  })
})

describe('what models in a store of version 0.1.0 compute', () => {
  it.each(commands('evaluate'))('%s', (_, answer) => expectSame(answer, rounding))
  it.each(commands('score'))('%s', (_, answer) => expectSame(answer, rounding))
  it.each(commands('field'))('%s', (_, answer) => {
    // That version knew of no RBM that equals a classical auto-encoder.
    const changed =
      (answer.document as { kind?: string }).kind === 'ae' ? /^document\.(equivalence|checks\.3)\./ : undefined
    return expectSame(answer, rounding, changed)
  })

  it.each(Object.entries(expected<Record<string, unknown>>('weights')))('models export %s', async (run, wanted) => {
    const file = join(folder, `${run}.npz`)
    expect((await cli('models', 'export', run, file, '--data', data)).code).toBe(0)
    expect(differences(exportedWeights(new Uint8Array(await readFile(file))), wanted)).toEqual([])
  })
})

describe('runs that were killed under version 0.1.0', () => {
  const withoutTimes = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === 'seconds' ? undefined : one)))

  it.each(expected<Resumed[]>('resume').map((one) => [one.run, one] as const))(
    '%s goes on from its checkpoints and ends at the figures that it would have ended at',
    async (run, { document, epochs }) => {
      const place = copy(run)
      const middle = (await query(
        join(place, 'workbench.sqlite'),
        `SELECT phase, class, epoch FROM checkpoints JOIN runs ON runs.id = run WHERE name = '${run}' AND NOT final`,
      )) as { phase: string; class: number; epoch: number }[]
      expect(middle.length).toBeGreaterThan(0)

      const resumed = await cli('resume', run, '--data', place)
      expect(resumed.code, resumed.errors.at(-1)).toBe(0)
      expect(differences(withoutTimes(resumed.document), document, rounding)).toEqual([])
      const told = resumed.errors.map(
        (line) => JSON.parse(line) as { phase: string; class: number | null; epoch: number },
      )
      for (const { phase, class: modelClass, epoch } of middle) {
        const first = told.find((line) => line.phase === phase && (line.class ?? -1) === modelClass)
        expect(first?.epoch, `${phase} of class ${modelClass}`).toBeGreaterThan(epoch)
      }

      const served = await ServedProcess.start(place)
      const found = await apiAnswer(await served.page(), 'runs.metrics', { run })
      await served.workbench.stop()
      expect(differences(withoutTimes(found), epochs, rounding)).toEqual([])
      expect(await integrity(place)).toEqual([])
    },
    180_000,
  )
})
