import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import type { PairScore } from '../../../src/shared/scores'

const vectors = 'test/fixtures/vectors'
const names = JSON.parse(await readFile(join(vectors, 'index.json'), 'utf8')) as string[]

type Rows = number[][]
interface Expected {
  [name: string]: number[] | Rows | undefined
}

let folder: string
let app: App

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-vectors-'))
  app = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'cli' })
})

afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

/** Within 1e-4 of the largest value of the array, as the vectors' own description asks. */
function expectClose(found: ArrayLike<number>[], expected: Rows | undefined, what: string): void {
  expect(expected, what).toBeDefined()
  const rows = expected ?? []
  expect(found.length, what).toBe(rows.length)
  const largest = Math.max(...rows.flat().map(Math.abs))
  rows.forEach((row, sample) => {
    expect(found[sample]!.length, what).toBe(row.length)
    row.forEach((value, index) =>
      expect(Math.abs(found[sample]![index]! - value) / largest, `${what} [${sample}][${index}]`).toBeLessThan(1e-4),
    )
  })
}

const column = (values: number[] | Rows | undefined): Rows => (values as number[]).map((value) => [value])

describe.each(names)('weights of %s, written by Python', (name) => {
  let expected: Expected
  let scores: PairScore[]

  beforeAll(async () => {
    expected = JSON.parse(await readFile(join(vectors, `${name}.expected.json`), 'utf8')) as Expected
    const file = join(vectors, `${name}.weights.npz`)
    await app.models.import({ file, bytes: new Uint8Array(await readFile(file)), name })
    const inputs = join(vectors, `${name}.inputs.npz`)
    const scorer = await app.pairs.scorer(name, null)
    const rows = await scorer.scoreArrays(new Uint8Array(await readFile(inputs)), inputs, false)
    scores = rows.map(({ score }) => score as PairScore)
  })

  const all = (of: (score: PairScore) => ArrayLike<number> | number | null): ArrayLike<number>[] =>
    scores.map((score) => {
      const value = of(score)
      return typeof value === 'number' ? [value] : (value ?? [])
    })

  it('score as float64 arithmetic says', () => {
    if (name.startsWith('gae')) {
      expectClose(
        all((s) => s.energy.yGivenX),
        column(expected.energy_y_given_x),
        'E(y|x)',
      )
      expectClose(
        all((s) => s.energy.xGivenY),
        column(expected.energy_x_given_y),
        'E(x|y)',
      )
      expectClose(
        all((s) => s.reconstruction.y),
        expected.r_y as Rows,
        'r(y|x)',
      )
      expectClose(
        all((s) => s.reconstruction.x),
        expected.r_x as Rows,
        'r(x|y)',
      )
      expectClose(
        all((s) => s.mapping),
        expected.mapping as Rows,
        'mapping units',
      )
      return
    }
    expectClose(
      all((s) => s.energy.conditional),
      column(expected.energy),
      'conditional energy',
    )
    expectClose(
      all((s) => s.energy.diagonal),
      column(expected.energy_diagonal ?? expected.energy),
      'diagonal energy',
    )
    expectClose(
      all((s) => s.reconstruction.x),
      expected.r as Rows,
      'r(x)',
    )
    if (name.startsWith('mcae') || name.startsWith('ae')) {
      expectClose(
        all((s) => s.hidden),
        expected.hidden as Rows,
        'hidden units',
      )
    }
    if (!name.startsWith('ae'))
      expectClose(
        all((s) => s.mapping),
        expected.mapping as Rows,
        'mapping units',
      )
  })

  it('come back unchanged', async () => {
    const again = await app.models.export({ run: name })
    const { run } = await app.models.import({ file: `${name}.npz`, bytes: again, name: `${name} again` })
    const inputs = join(vectors, `${name}.inputs.npz`)
    const scorer = await app.pairs.scorer(run.id, null)
    const second = await scorer.scoreArrays(new Uint8Array(await readFile(inputs)), inputs, false)
    expect(second.map(({ score }) => score)).toEqual(scores)
  })
})
