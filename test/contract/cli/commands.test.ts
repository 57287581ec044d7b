import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readNpz } from '../../../src/main/datasets/npz'
import { cli, startCli } from '../../support/cli'
import { greyPng, rectanglePixels } from '../../support/png'

/** The contract for scripts: documents, exit codes, errors. */

const spec = {
  model: { kind: 'mcae', hidden: 30, factors: 30, mappings: 10, factorStd: 0.1 },
  dataset: 'rect',
  preprocess: { contrast: true },
  optimizer: { kind: 'adam', learningRate: 0.002 },
  epochs: 6,
  batchSize: 20,
  classifier: {},
}

let folder: string
const path = (name: string) => join(folder, name)
const run = (...args: string[]) => cli(...args, '--data', path('data'))
const documentOf = async <T>(...args: string[]): Promise<T> => {
  const { code, document, errors } = await run(...args)
  expect(errors.filter((line) => line.includes('"error"'))).toEqual([])
  expect(code).toBe(0)
  return document as T
}
const errorOf = ({ errors }: { errors: string[] }) => (JSON.parse(errors.at(-1) ?? '{}') as { error: unknown }).error

interface Evaluated {
  n: number
  error: number
  errorInterval: [number, number]
  nll: number
  loss: number
}
interface Trained {
  run: string
  status: string
  engine: string
  device: string
  epochs: number
  seconds: number
  valid: Evaluated
  test: Evaluated
}

let trained: Trained
let progress: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-cli-'))
  await writeFile(path('spec.json'), JSON.stringify(spec))
  const counts = ['--train', '300', '--valid', '60', '--test', '200']
  const made = await documentOf('datasets', 'generate', 'rectangles', ...counts, '--seed', '5', '--name', 'rect')
  expect(made).toMatchObject({
    name: 'rect',
    n: { train: 300, valid: 60, test: 200 },
    shape: [28, 28],
    classes: ['tall', 'wide'],
  })
  const result = await run('train', path('spec.json'), '--name', 'first', '--set', 'epochs=5')
  expect(result.code).toBe(0)
  trained = result.document as Trained
  progress = result.errors
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('train', () => {
  it('answers one document, with --set applied', () => {
    expect(trained).toMatchObject({ status: 'done', engine: 'onnx', device: 'cpu', epochs: 5 })
    expect(trained.test.n).toBe(200)
    expect(trained.test.error).toBeGreaterThanOrEqual(trained.test.errorInterval[0])
    expect(trained.test.error).toBeLessThanOrEqual(trained.test.errorInterval[1])
    expect(trained.seconds).toBeGreaterThan(0)
    expect(trained.valid.loss).toBeGreaterThan(0)
  })

  it('tells progress as JSON lines on stderr', () => {
    const lines = progress.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.length).toBeGreaterThan(0)
    const keys = ['t', 'phase', 'class', 'epoch', 'step', 'loss', 'eta']
    // What is made ready before the first step is said too, so that nothing is shown for as long as it takes.
    for (const { remark, ...line } of lines) {
      expect(Object.keys(line)).toEqual(keys)
      expect(['string', 'undefined']).toContain(typeof remark)
    }
    expect(lines[0]).toMatchObject({ remark: 'reading the data' })
  })

  it('refuses an unknown key, naming it, with exit 2', async () => {
    const result = await run('train', path('spec.json'), '--set', 'model.hiden=3')
    expect(result.code).toBe(2)
    expect(errorOf(result)).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('hiden') })
  })

  it('refuses a dataset that is not there, with exit 2', async () => {
    const result = await run('train', path('spec.json'), '--dataset', 'nowhere')
    expect(result.code).toBe(2)
    expect(errorOf(result)).toMatchObject({ code: 'DATASET_NOT_FOUND' })
  })

  it.each([
    ['Ctrl-C', 'SIGINT'],
    ["its terminal's end", 'SIGHUP'],
  ] as const)('stops at %s in order, exit 130, and keeps the run', async (_, signal) => {
    const name = `stopped by ${signal}`
    const args = ['train', path('spec.json'), '--name', name, '--set', 'epochs=4000', '--data', path('data')]
    // Once: a second one would end the process at once.
    const running = startCli(args, () => !running.child.killed && running.child.kill(signal))
    const { code, document } = await running.result
    expect(code).toBe(130)
    expect(document).toMatchObject({ status: 'cancelled', test: null })
    const { runs } = await documentOf<{ runs: { name: string; status: string }[] }>('runs', 'list')
    expect(runs[0]).toMatchObject({ name, status: 'cancelled' })
  })

  it('refuses a device that is not here rather than take another', async () => {
    const result = await run('train', path('spec.json'), '--device', 'cuda', '--name', 'elsewhere')
    expect(result.code).toBe(2)
    expect(errorOf(result)).toMatchObject({ code: 'DEVICE_UNAVAILABLE' })
    // A resume there changes nothing either.
    const stopped = await documentOf<Record<string, unknown>>('runs', 'show', 'stopped by SIGINT')
    const resumed = await run('resume', 'stopped by SIGINT', '--device', 'cuda')
    expect([resumed.code, errorOf(resumed)]).toMatchObject([2, { code: 'DEVICE_UNAVAILABLE' }])
    expect(await documentOf('runs', 'show', 'stopped by SIGINT')).toEqual(stopped)
  })
})

describe('evaluate', () => {
  it('gives the figures of the run again, and predictions that add up to them', async () => {
    const file = path('predictions.csv')
    const answer = await documentOf<{ error: number; nll: number; n: number; confusion: number[][] }>(
      'evaluate',
      'first',
      '--dataset',
      'rect',
      '--predictions',
      file,
    )
    expect(answer.error).toBe(trained.test.error)
    expect(answer.nll).toBeCloseTo(trained.test.nll, 6)
    const rows = parse(await readFile(file, 'utf8'), { columns: true, cast: true }) as Record<string, number>[]
    expect(Object.keys(rows[0] ?? {})).toEqual(['index', 'label', 'predicted', 's_0', 's_1'])
    expect(rows).toHaveLength(200)
    const wrong = rows.filter((row) => row.label !== row.predicted).length
    expect(wrong / 200).toBeCloseTo(answer.error, 12)
    for (const row of rows) expect(row.predicted).toBe(row.s_1! > row.s_0! ? 1 : 0)
    const nll = rows.reduce((sum, { label, s_0, s_1 }) => {
      const [own, other] = label === 0 ? [s_0!, s_1!] : [s_1!, s_0!]
      return sum + Math.log1p(Math.exp(other - own))
    }, 0)
    expect(nll / 200).toBeCloseTo(answer.nll, 4)
    expect(answer.confusion.flat().reduce((sum, count) => sum + count)).toBe(200)
  })

  it('takes all splits together', async () => {
    const answer = await documentOf<{ n: number; split: string }>(
      'evaluate',
      'first',
      '--dataset',
      'rect',
      '--split',
      'all',
    )
    expect(answer).toMatchObject({ n: 560, split: 'all' })
  })
})

describe('models', () => {
  it('export a classifier from whose arrays anyone recomputes the scores', async () => {
    await documentOf('models', 'export', 'first', path('model.npz'))
    const arrays = readNpz(new Uint8Array(await readFile(path('model.npz'))), 'model.npz')
    expect(Object.keys(arrays).sort()).toEqual(['B', 'W', 'WF', 'WM', 'aB', 'aC', 'aM', 'b', 'bm', 'c', 'meta'].sort())
    const meta = JSON.parse(String((arrays.meta as unknown as { data?: unknown }).data ?? arrays.meta)) as Record<
      string,
      unknown
    >
    expect(meta).toMatchObject({
      kind: 'mcae',
      activation: 'sigmoid',
      energy: 'conditional',
      classes: ['tall', 'wide'],
    })
    const again = await documentOf<{ run: string }>('models', 'import', path('model.npz'), '--name', 'copy')
    const [one, two] = await Promise.all([
      documentOf<{ error: number; nll: number }>('evaluate', 'first', '--dataset', 'rect'),
      documentOf<{ error: number; nll: number }>('evaluate', again.run, '--dataset', 'rect'),
    ])
    expect(two.error).toBe(one.error)
    expect(two.nll).toBeCloseTo(one.nll, 6)
  })
})

describe('score', () => {
  beforeAll(async () => {
    await writeFile(path('tall.png'), await greyPng(rectanglePixels(2, 10, 22, 7), 28, 28))
    await writeFile(path('wide.png'), await greyPng(rectanglePixels(10, 2, 7, 22), 28, 28))
    await writeFile(path('fake.png'), 'this is text')
    await writeFile(path('list.csv'), 'x,y\ntall.png,\nfake.png,\nwide.png,\n')
  })

  it('scores an image by class, and under one class with --class', async () => {
    const { pairs } = await documentOf<{ pairs: { scores: number[]; posterior: number[]; predicted: number }[] }>(
      'score',
      '--run',
      'first',
      '--x',
      path('wide.png'),
    )
    expect(pairs[0]!.scores).toHaveLength(2)
    expect(pairs[0]!.posterior.reduce((sum, p) => sum + p)).toBeCloseTo(1, 6)
    expect(pairs[0]!.predicted).toBe(pairs[0]!.scores[1]! > pairs[0]!.scores[0]! ? 1 : 0)
    const one = await documentOf<{ pairs: { energy: Record<string, number | null>; mapping: number[] }[] }>(
      'score',
      '--run',
      'first',
      '--x',
      path('wide.png'),
      '--class',
      '1',
      '--full',
    )
    expect(one.pairs[0]!.energy).toMatchObject({ yGivenX: null, xGivenY: null })
    expect(one.pairs[0]!.energy.conditional).not.toBe(one.pairs[0]!.energy.diagonal)
    expect(one.pairs[0]!.mapping).toHaveLength(10)
  })

  it('keeps the order of a list, tells a bad row in its place, and exits 1', async () => {
    const { code, document } = await run('score', '--run', 'first', '--pairs', path('list.csv'))
    expect(code).toBe(1)
    const { pairs } = document as { pairs: ({ predicted: number } | { error: { code: string } })[] }
    expect(pairs).toHaveLength(3)
    expect(pairs[0]).toHaveProperty('predicted')
    expect(pairs[1]).toMatchObject({ error: { code: 'IMAGE_UNREADABLE' } })
    expect(pairs[2]).toHaveProperty('predicted')
  })

  it('reads lists as an import does: slashes, divisions, headers, quotes; an empty or foreign one is bad input', async () => {
    const scored = async (name: string, content: string): Promise<number[]> => {
      await writeFile(path(name), content)
      const asked = ['score', '--run', 'first', '--pairs', path(name)]
      const { pairs } = await documentOf<{ pairs: { predicted: number }[] }>(...asked)
      return pairs.map(({ predicted }) => predicted)
    }
    const both = await scored('plain.txt', 'tall.png\nwide.png\n')
    expect(await scored('semi.csv', 'left;right\r\n"tall.png";wide.png\r\n.\\wide.PNG;tall.png\r\n')).toEqual(both)
    expect(await scored('labelled.csv', 'file,label\ntall.png,a\nwide.png,b\n')).toEqual(both)
    for (const [content, code] of Object.entries({ 'x,y\n': 'LIST_EMPTY', 'now,then\na.png,b.png\n': 'LIST_HEADER' })) {
      await writeFile(path('wrong.csv'), content)
      const result = await run('score', '--run', 'first', '--pairs', path('wrong.csv'))
      expect([result.code, errorOf(result)]).toMatchObject([2, { code }])
    }
  })

  it('refuses a class that the run does not have', async () => {
    const result = await run('score', '--run', 'first', '--x', path('wide.png'), '--class', '7')
    expect(result.code).toBe(2)
    expect(errorOf(result)).toMatchObject({ code: 'CLASS_UNKNOWN' })
  })
})

describe('runs and datasets', () => {
  it('list newest first, by the contract', async () => {
    const { runs } = await documentOf<{ runs: Record<string, unknown>[] }>('runs', 'list')
    const first = runs.find((one) => one.name === 'first')
    expect(first).toMatchObject({ run: trained.run, status: 'done', dataset: 'rect', kind: 'mcae', seed: 1, epochs: 5 })
    const created = runs.map((one) => String(one.created))
    expect(created).toEqual([...created].sort().reverse())
  })

  it('go to the bin and come back', async () => {
    await documentOf('runs', 'delete', 'first')
    const gone = await documentOf<{ runs: { name: string }[] }>('runs', 'list')
    expect(gone.runs.map((one) => one.name)).not.toContain('first')
    await documentOf('runs', 'restore', trained.run.slice(0, 6))
    const back = await documentOf<{ runs: { name: string }[] }>('runs', 'list')
    expect(back.runs.map((one) => one.name)).toContain('first')
  })

  it('export what numpy reads', async () => {
    await documentOf('datasets', 'export', 'rect', path('rect.npz'))
    const arrays = readNpz(new Uint8Array(await readFile(path('rect.npz'))), 'rect.npz') as Record<
      string,
      { shape: number[] }
    >
    expect(arrays.x_train!.shape).toEqual([300, 784])
    expect(arrays.y_test!.shape).toEqual([200])
  })

  it('vary the images of another, with the options of the generator', async () => {
    const counts = ['--train', '20', '--valid', '10', '--test', '10']
    const turned = await documentOf('datasets', 'generate', 'mnist-rot', ...counts, '--source', 'rect')
    expect(turned).toMatchObject({ n: { train: 20, valid: 10, test: 10 }, shape: [28, 28], classes: ['tall', 'wide'] })
    const options = ['--no-circular', '--largest-shift', '5']
    const pairs = await documentOf<{ dataset: string }>(
      'datasets',
      'generate',
      'shifts',
      ...counts,
      '--source',
      'rect',
      ...options,
    )
    expect(pairs).toMatchObject({ shape: [28, 28], classes: null })
    const { recipe } = await documentOf<{ recipe: object }>('datasets', 'show', pairs.dataset)
    expect(recipe).toMatchObject({ source: { name: 'rect' }, options: { circular: false, largestShift: 5 } })
    const dots = await documentOf('datasets', 'generate', 'rotations', ...counts, '--shape', '7x9', '--density', '0.3')
    expect(dots).toMatchObject({ shape: [7, 9] })
  })

  it('are drawn anew each epoch from a source, which must be there', async () => {
    const counts = ['--train', '40', '--valid', '10', '--test', '10']
    await documentOf('datasets', 'generate', 'rectangles', ...counts, '--name', 'few')
    await documentOf('datasets', 'generate', 'shifts', ...counts, '--source', 'few', '--name', 'moved')
    const model = { kind: 'gae', factors: 10, mappings: 5 }
    await writeFile(
      path('fresh.json'),
      JSON.stringify({ model, dataset: 'moved', fresh: true, epochs: 2, batchSize: 20 }),
    )
    expect(await documentOf('train', path('fresh.json'), '--name', 'fresh')).toMatchObject({
      status: 'done',
      epochs: 2,
    })
    await documentOf('datasets', 'delete', 'few')
    const refused = await run('train', path('fresh.json'), '--name', 'not made')
    expect(refused.code).toBe(1)
    expect(errorOf(refused)).toMatchObject({
      code: 'SOURCE_MISSING',
      where: 'moved',
      remedy: expect.stringContaining('few'),
    })
    const { runs } = await documentOf<{ runs: { name: string }[] }>('runs', 'list')
    expect(runs.map(({ name }) => name)).not.toContain('not made')
  })
})
