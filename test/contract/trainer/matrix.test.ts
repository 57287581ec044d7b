import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uniforms } from '../../../src/main/compute/random'
import { writeDatasetFile, type DatasetContent } from '../../../src/main/datasets/datasetFile'
import { type SavedModel } from '../../../src/main/saved/savedModel'
import type { SplitName } from '../../../src/shared/datasets'
import type { Evaluation } from '../../../src/shared/runs'
import { engines } from '../../support/engines'
import { keptApart, specMatrix, specOf } from '../../support/specMatrix'
import { finished, jobOf, outcomeOf, whiteningOf, type JobPlace } from '../../support/trainerJob'
import { weightsOfClass } from '../../../src/main/models/classWeights'

const side = 5
const counts = { train: 48, valid: 16, test: 16 }

/** Bars, lying or standing, on a grey ground; as pairs the second image is the first one shifted by a row. */
function content(kind: DatasetContent['kind']): DatasetContent {
  const split = (name: SplitName, stream: number) => {
    const n = counts[name]
    const draws = uniforms(5, stream, 0, n * side * side)
    const x = new Float32Array(n * side * side)
    const labels = Int32Array.from({ length: n }, (_, row) => row % 2)
    x.forEach((_, at) => {
      const [row, pixel] = [Math.floor(at / (side * side)), at % (side * side)]
      const line = labels[row] === 0 ? Math.floor(pixel / side) : pixel % side
      const lit = line === Math.floor(row / 2) % side
      x[at] = (lit ? 0.7 : 0.1) + 0.2 * draws[at]!
    })
    const y = x.map((_, at) => x[at - (at % (side * side)) + ((at + side) % (side * side))]!)
    return kind === 'pairs' ? { x, y, labels: null } : { x, y: null, labels }
  }
  return {
    kind,
    shape: [side, side],
    targetShape: kind === 'pairs' ? [side, side] : null,
    classes: kind === 'pairs' ? null : ['lying', 'standing'],
    splits: { train: split('train', 0), valid: split('valid', 1), test: split('test', 2) },
  }
}

let folder: string
let files: Record<DatasetContent['kind'], string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-matrix-'))
  files = {
    images: (await writeDatasetFile(folder, content('images'))).path,
    pairs: (await writeDatasetFile(folder, content('pairs'))).path,
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

interface Run {
  /** Training and validation loss of every epoch of every model. */
  losses: number[]
  /** Of the last checkpoint, before any fit. */
  models: SavedModel[]
  classifier: SavedModel | null
  evaluation: Evaluation
}

/** A whole run: the models, the classifier's fit where there is one, the test split. */
async function runOf(place: JobPlace): Promise<Run> {
  const { classifier } = place.spec as { classifier?: object }
  const losses: number[] = []
  const paths: string[] = []
  const models: SavedModel[] = []
  const whitening = await whiteningOf(place)
  for (const modelClass of classifier === undefined ? [null] : [0, 1]) {
    const { events, checkpoint, saved } = await finished(
      jobOf(place, { task: 'pretrain', class: modelClass, whitening, resumeFrom: null }),
    )
    for (const event of events) if (event.type === 'epoch') losses.push(event.trainLoss, event.validLoss!)
    paths.push(checkpoint!.path)
    models.push(saved.model)
  }
  let [last] = paths
  let fitted: SavedModel | null = null
  if (classifier !== undefined) {
    const { checkpoint, saved } = await finished(
      jobOf(place, { task: 'fit', models: paths, whitening, resumeFrom: null }),
    )
    last = checkpoint!.path
    fitted = saved.model
  }
  const { results } = await outcomeOf(jobOf(place, { task: 'evaluate', checkpoint: last!, splits: ['test'] }))
  return { losses, models, classifier: fitted, evaluation: results[0]!.evaluation }
}

/** Largest difference of two lists as a share of the largest expected value. */
function apart(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length)
  const [a, b] = [Array.from(found), Array.from(expected)]
  const largest = Math.max(...b.map(Math.abs))
  return Math.max(...a.map((value, at) => Math.abs(value - b[at]!))) / (largest || 1)
}

const weightsApart = (found: SavedModel, expected: SavedModel): number =>
  Math.max(
    ...Array.from({ length: expected.classes ?? 1 }, (_, index) => {
      const [mine, theirs] = [found, expected].map((model) =>
        weightsOfClass(model, model.classes === null ? null : index),
      )
      return Math.max(...Object.keys(theirs!).map((name) => apart(mine![name]!.data, theirs![name]!.data)))
    }),
  )

/**
 * What float32 explains: of losses and of models' weights as shares (Adam divides by the size of small gradients), of a
 * fitted classifier's weights, of its NLL in nats.
 */
const tolerance = { loss: 1e-6, weights: 1e-4, classifier: 2e-3, nll: 1e-4 }

describe('every two options that can meet', () => {
  const { rows, apart: never } = specMatrix()

  it('are in some run, but for those that the spec keeps apart', () => {
    const startsOf = (pair: readonly [string, string], [one, other]: readonly [string, string]) =>
      (pair[0].startsWith(one) && pair[1].startsWith(other)) || (pair[1].startsWith(one) && pair[0].startsWith(other))
    expect(never.filter((pair) => !keptApart.some((starts) => startsOf(pair, starts)))).toEqual([])
    expect(keptApart.filter((starts) => !never.some((pair) => startsOf(pair, starts)))).toEqual([])
  })

  it.each(rows.map((row) => [JSON.stringify(row), specOf(row)] as const))(
    'train and classify on onnx and tfjs as in float64: %s',
    async (_, spec) => {
      const { kind } = (spec as { model: { kind: string } }).model
      const place = { spec: spec as object, dataset: files[kind === 'gae' ? 'pairs' : 'images'], folder }
      const expected = await runOf({ ...place, engine: 'reference' })
      for (const engine of engines) {
        const found = await runOf({ ...place, engine })
        expect(apart(found.losses, expected.losses), engine).toBeLessThan(tolerance.loss)
        found.models.forEach((model, at) =>
          expect(weightsApart(model, expected.models[at]!), engine).toBeLessThan(tolerance.weights),
        )
        const [loss, judged] = [found.evaluation.loss!, expected.evaluation.loss!]
        expect(Math.abs(loss - judged) / judged, engine).toBeLessThan(tolerance.loss)
        if (found.classifier === null) continue
        expect(weightsApart(found.classifier, expected.classifier!), engine).toBeLessThan(tolerance.classifier)
        expect(Math.abs(found.evaluation.nll! - expected.evaluation.nll!), engine).toBeLessThan(tolerance.nll)
      }
    },
  )
})
