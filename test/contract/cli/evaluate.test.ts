import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../../support/cli'
import { float32, npy, npz } from '../../support/npy'
import { greyPng } from '../../support/png'

/** What a classifier says of other data than its own, and of what its scores are made. */

const side = 8
/** An image of a kind: its left half, its right half or its top is bright. */
function pixels(kind: number, variant: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, at) => {
    const [row, column] = [Math.floor(at / side), at % side]
    const bright = [column < side / 2, column >= side / 2, row < side / 2][kind]
    return (bright ? 200 : 20) + ((7 * at + 13 * variant * (at % 5)) % 50)
  })
}

let folder: string
const path = (name: string) => join(folder, name)
const run = (...args: string[]) => cli(...args, '--data', path('data'))
const documentOf = async <T>(...args: string[]): Promise<T> => {
  const { code, document, errors } = await run(...args)
  expect([code, errors.filter((line) => line.includes('"error"'))]).toEqual([0, []])
  return document as T
}
const errorOf = ({ errors }: { errors: string[] }) =>
  (JSON.parse(errors.at(-1) ?? '{}') as { error: { code: string; message: string } }).error

/** A folder of a class each; the kind of image that a class shows is its place in `kinds`. */
async function importFolder(name: string, classes: string[], kinds = [0, 1, 2]): Promise<void> {
  for (const [index, label] of classes.entries()) {
    await mkdir(path(`${name}/${label}`), { recursive: true })
    for (let image = 0; image < 12; image++) {
      await writeFile(path(`${name}/${label}/${image}.png`), await greyPng(pixels(kinds[index]!, image), side, side))
    }
  }
  await documentOf(
    'datasets',
    'import',
    path(name),
    '--name',
    name,
    '--valid-fraction',
    '0.4',
    '--test-fraction',
    '0.2',
  )
}

/** Images of all kinds as an .npz, x scaled by `scale`. */
const archive = (scale: number, images = 12, labels = true): Uint8Array => {
  const values = Array.from({ length: images }, (_, row) => [...pixels(row % 3, row)].map((v) => (v * scale) / 255))
  const y = new Uint8Array(BigInt64Array.from({ length: images }, (_, row) => BigInt(row % 3)).buffer)
  return npz({
    x: npy('<f4', [images, side * side], float32(...values.flat())),
    ...(labels ? { y: npy('<i8', [images], y) } : {}),
  })
}

interface Evaluated {
  error: number
  confusion: number[][]
  classesMatched: string
  classes: string[]
  notices: string[]
}
const evaluate = (dataset: string, ...more: string[]) =>
  documentOf<Evaluated>('evaluate', 'named', '--dataset', dataset, '--split', 'all', ...more)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-evaluate-'))
  await importFolder('shapes', ['left', 'right', 'top'])
  const spec = {
    model: { kind: 'mcae', hidden: 12, factors: 8, mappings: 6 },
    dataset: 'shapes',
    preprocess: { contrast: true },
    epochs: 20,
    batchSize: 5,
    seed: 1,
    classifier: { finetune: 'scales' },
  }
  await writeFile(path('spec.json'), JSON.stringify(spec))
  await documentOf('train', path('spec.json'), '--name', 'named')
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('classes of another set', () => {
  it('are found by name though their order is another, and some may be missing', async () => {
    // Sorted, "left" comes second here and "top" first.
    await importFolder('turned', ['a top', 'left', 'right'], [2, 0, 1])
    expect(errorOf(await run('evaluate', 'named', '--dataset', 'turned'))).toMatchObject({
      code: 'CLASSES_MISMATCH',
      message: 'The classifier knows classes left, right, top; the set has a top, left, right',
    })
    await importFolder('two', ['right', 'top'], [1, 2])
    const found = await evaluate('two', '--predictions', path('two.csv'))
    expect(found).toMatchObject({ error: 0, classesMatched: 'by name', classes: ['left', 'right', 'top'] })
    expect(found.confusion).toEqual([
      [0, 0, 0],
      [0, 12, 0],
      [0, 0, 12],
    ])
    const [header, first] = (await readFile(path('two.csv'), 'utf8')).split('\n')
    expect(header).toBe('index,label,predicted,s_0,s_1,s_2')
    expect(first).toMatch(/^0,(1,1,|2,2,)/)
    await evaluate('two', '--predictions', path('two.csv'), '--for-spreadsheets')
    const [wide, named] = (await readFile(path('two.csv'), 'utf8')).split('\n')
    expect(wide).toBe('index,label,predicted,s_0,s_1,s_2,label_name,predicted_name')
    expect(named).toMatch(/,(right,right|top,top)$/)
  }, 60_000)

  it('that are only counted are matched by position, and another scale is said', async () => {
    await writeFile(path('bytes.npz'), archive(255))
    await documentOf('datasets', 'import', path('bytes.npz'), '--name', 'bytes', '--scale', 'keep')
    const { classesMatched, notices } = await evaluate('bytes')
    expect(classesMatched).toBe('by position')
    expect(notices).toEqual([
      expect.stringMatching(/^bytes, all, is on another scale than the training data: .* 0\.0784/),
    ])
    const same = await evaluate('shapes')
    expect(same.notices).toEqual([])
  }, 60_000)

  it('keep their names through a weight file', async () => {
    await documentOf('models', 'export', 'named', path('named.npz'))
    await documentOf('models', 'import', path('named.npz'), '--name', 'back')
    const { code, document } = await run('evaluate', 'back', '--dataset', 'two', '--split', 'all')
    expect([code, document]).toMatchObject([
      0,
      { error: 0, classesMatched: 'by name', classes: ['left', 'right', 'top'] },
    ])
  }, 60_000)
})

it('the interval of images made of few others is by those, and says so', async () => {
  const counts = ['--train', '10', '--valid', '10', '--test', '42']
  await documentOf('datasets', 'generate', 'mnist-rot', '--source', 'shapes', ...counts, '--name', 'rotated')
  const { document } = await run('evaluate', 'named', '--dataset', 'rotated')
  const found = document as { error: number; errorInterval: [number, number]; sources: number; intervals: string }
  expect(found.sources).toBe(7)
  expect(found.intervals).toBe('95 % interval, by source image: 7 sources of 42 images')
  // Six views of each of seven images tell less than 42 images would.
  const plain = 2 * 1.96 * Math.sqrt((found.error * (1 - found.error)) / 42)
  expect(found.errorInterval[1] - found.errorInterval[0]).toBeGreaterThan(plain * 0.9)
  const { document: own } = await run('evaluate', 'named', '--dataset', 'shapes')
  expect(own).toMatchObject({ intervals: '95 % Wilson interval, images taken as independent' })
}, 60_000)

it("a preset's data have a seed of their own, and a run tells both", async () => {
  const model = 'model={"kind":"ae","hidden":4}'
  const sets = ['epochs=1', 'classifier={"finetune":"biases"}', model].flatMap((set) => ['--set', set])
  const trained = await run('train', '--preset', 'quick', '--seed', '2', '--data-seed', '7', ...sets)
  expect(trained.document).toMatchObject({ seed: 2, dataSeed: 7, dataset: 'rectangles-7' })
  const { runs } = await documentOf<{ runs: object[] }>('runs', 'list')
  expect(runs[0]).toMatchObject({ seed: 2, dataSeed: 7 })
  const refused = await run('train', '--preset', 'quick', '--dataset', 'shapes', '--data-seed', '7')
  expect([refused.code, errorOf(refused).code]).toEqual([2, 'USAGE'])
}, 60_000)

interface Term {
  value: number
  coefficient: number
}
interface Terms {
  name: string
  mean: Term
  covariance: Term
  visible: Term
  B: number
  score: number
  posterior: number
}
interface Scored {
  pairs: { predicted: number; predictedName: string; posterior: number[]; terms: Terms[]; notices?: string[] }[]
  notices: string[]
}
const score = (file: string, ...more: string[]) =>
  documentOf<Scored>('score', '--run', 'named', '--arrays', path(file), '--full', ...more)

describe('a score', () => {
  beforeAll(async () => {
    await writeFile(path('raw.npz'), archive(1, 3, false))
    await writeFile(path('far.npz'), archive(255, 3, false))
    // Contrast normalisation: mean removed, divided by (standard deviation + 0.1).
    const prepared = [0, 1, 2].flatMap((row) => {
      const image = [...pixels(row, row)].map((value) => value / 255)
      const mean = image.reduce((sum, value) => sum + value, 0) / image.length
      const std = Math.sqrt(image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length)
      return image.map((value) => (value - mean) / (std + 0.1))
    })
    await writeFile(path('prepared.npz'), npz({ x: npy('<f4', [3, side * side], float32(...prepared)) }))
    await writeFile(path('narrow.npz'), npz({ x: npy('<f4', [4, side * 4], float32(...prepared.slice(0, 128))) }))
  })

  it('is the sum of its terms, each weighed by its coefficient, and B', async () => {
    const { pairs } = await score('raw.npz')
    expect(pairs.map(({ predictedName }) => predictedName)).toEqual(['left', 'right', 'top'])
    for (const { terms, posterior } of pairs) {
      expect(terms.map(({ name }) => name)).toEqual(['left', 'right', 'top'])
      expect(terms.map((one) => one.posterior)).toEqual(posterior)
      for (const { mean, covariance, visible, B, score: sum } of terms) {
        const parts = [mean, covariance, visible].map(({ value, coefficient }) => value * coefficient)
        expect(parts.reduce((total, part) => total + part, B)).toBeCloseTo(sum, 6)
      }
    }
  })

  it('says of which classes a fitted coefficient is negative', async () => {
    const { pairs, notices } = await score('raw.npz')
    const negative = pairs[0]!.terms.filter(({ mean, covariance, visible }) =>
      [mean, covariance, visible].some(({ coefficient }) => coefficient < 0),
    )
    const told = notices.filter((notice) => notice.endsWith('the score is then no sum of energies.'))
    expect(told).toHaveLength(negative.length === 0 ? 0 : 1)
    for (const { name } of negative) expect(told[0]).toContain(`${name} (`)
  })

  it('takes pixels as they are, and with --prepared what the model sees', async () => {
    const [raw, prepared] = [await score('raw.npz'), await score('prepared.npz', '--prepared')]
    prepared.pairs.forEach(({ terms }, pair) =>
      terms.forEach((term, index) => expect(term.score).toBeCloseTo(raw.pairs[pair]!.terms[index]!.score, 2)),
    )
    const twice = await score('prepared.npz')
    expect(twice.pairs[0]!.terms[0]!.score).not.toBeCloseTo(raw.pairs[0]!.terms[0]!.score, 2)
    const { code, errors } = await run('score', '--run', 'named', '--x', path('shapes/left/0.png'), '--prepared')
    expect([code, errorOf({ errors }).code]).toEqual([2, 'USAGE'])
  })

  it('of an image far from the training images comes with a notice, others without', async () => {
    expect((await score('raw.npz')).pairs.map(({ notices }) => notices)).toEqual([undefined, undefined, undefined])
    const { pairs, notices } = await score('far.npz')
    for (const { notices: own } of pairs) {
      expect(own?.[0]).toMatch(/^pixels 2\d\.\d to 2\d\d; of training images 0\.0784 to 0\.9/)
    }
    expect(notices).toContain(`pair 2: ${pairs[2]!.notices![0]}`)
  })

  it('is refused of rows of another width, and of an empty list', async () => {
    const narrow = await run('score', '--run', 'named', '--arrays', path('narrow.npz'))
    expect([narrow.code, errorOf(narrow).code]).toEqual([2, 'SIZE_MISMATCH'])
    await writeFile(path('empty.csv'), 'x,y\n')
    const empty = await run('score', '--run', 'named', '--pairs', path('empty.csv'))
    expect([empty.code, errorOf(empty).code]).toEqual([2, 'LIST_EMPTY'])
  })
})
