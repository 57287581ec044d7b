import { createHash } from 'node:crypto'
import type { Workbench } from '../../../src/main/api/workbench'
import type { Dataset, DatasetSummary, ImagePage, PixelSummary } from '../../../src/shared/datasets'
import { WorkbenchError } from '../../../src/shared/errors'
import type { WorkbenchEvent } from '../../../src/shared/events'
import { writePfm } from '../../../src/shared/pfm'
import { presets } from '../../../src/shared/presets'
import type { Prediction, RunDetail, RunSummary } from '../../../src/shared/runs'
import type { PairScoreResponse, StoredImage } from '../../../src/shared/scores'
import type { ModelView } from '../../../src/shared/views'
import { fakeBatches } from './batches'
import { fakeCompare } from './compare'
import { fakeDevices } from './devices'
import { fakeEvents } from './events'
import { blurred, rectangle, shiftedDots, stream } from './pictures'
import { fakeQueue } from './queue'
import { fakeRecentPairs } from './recentPairs'
import { fakeProblems } from './problems'
import { fakeRemarks } from './remarks'
import { fakeSweeps } from './sweeps'
import { understood } from './understood'
import { fakeDatasets, fakeMetrics, fakeRuns } from './runs'

const missing = (what: string, reference: string) =>
  new WorkbenchError(`${what.toUpperCase()}_NOT_FOUND`, `There is no ${what} ${reference}`, {
    remedy: `See the list of ${what}s.`,
  })

/** Width and height of a PNG file. */
function pngSize(name: string, bytes: Uint8Array): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 24 || view.getUint32(0) !== 0x89504e47) {
    throw new WorkbenchError('IMAGE_UNREADABLE', 'This is no image', {
      where: name,
      remedy: 'Choose a file in PNG, JPEG, WebP, TIFF, GIF, BMP or PGM/PPM, or save it as PNG.',
    })
  }
  return [view.getUint32(16), view.getUint32(20)]
}

export interface FakeOptions {
  /** Without any run and dataset. */
  empty?: boolean
  /** How many pairs of a list are scored; the rest wait for ever. */
  mostScored?: number
}

/** Seeded, plausible data behind the workbench's interface: to look at screens and test them, without training. */
export function fakeWorkbench({ empty = false, mostScored = Infinity }: FakeOptions = {}): Workbench & {
  emit(event: WorkbenchEvent): void
} {
  const datasets = empty ? [] : structuredClone(fakeDatasets)
  const runs = empty ? [] : fakeRuns()
  const importing = new Map<string, (error: WorkbenchError) => void>()
  const images = new Map<string, { image: StoredImage; bytes: Uint8Array }>()
  const { emit, ...events } = fakeEvents()

  function findRun(reference: string): RunDetail {
    const run = runs.find(({ id, name }) => id === reference || name === reference)
    if (run === undefined) throw missing('run', reference)
    return run
  }
  function findDataset(reference: string): Dataset {
    const dataset = datasets.find(({ id, name }) => id === reference || name === reference)
    if (dataset === undefined) throw missing('dataset', reference)
    return dataset
  }
  async function change(reference: string, over: Partial<RunDetail>): Promise<RunSummary> {
    const run = Object.assign(findRun(reference), over)
    emit({ type: 'run', run })
    return run
  }
  const notHere = async (): Promise<never> => {
    throw new WorkbenchError('NOT_HERE', 'This workbench is made up: it does not train or import', {
      remedy: 'Serve a real one.',
    })
  }

  function page(dataset: Dataset, modelClass: number | null, at: number, count: number): ImagePage {
    if (dataset.kind === 'pairs') {
      const rows = Array.from({ length: count }, (_, place) => shiftedDots(at + place))
      return {
        total: dataset.n.test,
        indices: Int32Array.from(rows, (_, place) => at + place),
        x: Float32Array.from(rows.flatMap(({ x }) => [...x])),
        y: Float32Array.from(rows.flatMap(({ y }) => [...y])),
        labels: null,
      }
    }
    const every = Array.from({ length: 400 }, (_, index) => ({ index, ...rectangle(index) }))
    const rows = every.filter(({ label }) => modelClass === null || label === modelClass).slice(at, at + count)
    return {
      total: every.length,
      indices: Int32Array.from(rows, ({ index }) => index),
      x: Float32Array.from(rows.flatMap(({ pixels }) => [...pixels])),
      y: null,
      labels: Int32Array.from(rows, ({ label }) => label),
    }
  }

  function summary(dataset: Dataset, modelClass: number | null): DatasetSummary {
    const { x, y, indices } = page(dataset, modelClass, 0, 400)
    const width = x.length / indices.length
    const summed = (pixels: Float32Array): PixelSummary => {
      const mean = new Float32Array(width)
      const counts = new Float64Array(32)
      for (const [at, value] of pixels.entries()) {
        mean[at % width]! += value / indices.length
        counts[Math.min(31, Math.floor(value * 32))]!++
      }
      return { mean, low: 0, high: 1, histogram: { low: 0, high: 1, counts } }
    }
    return {
      n: indices.length,
      classCounts: dataset.classes && Int32Array.from(dataset.classes, (_, index) => 200 + index),
      x: summed(x),
      y: y && summed(y),
    }
  }

  function predictions(run: RunDetail, label: number | undefined, predicted: number | undefined): Prediction[] {
    const classes = run.datasetInfo?.classes?.length ?? 0
    const random = stream(11)
    return (run.test?.confusion ?? []).flatMap((row, truth) =>
      row.flatMap((count, guess) => {
        if (label === undefined ? truth === guess : truth !== label || guess !== predicted) return []
        return Array.from({ length: Math.min(count, 600) }, (_, nth) => ({
          index: truth * 1000 + guess * 100 + nth,
          label: truth,
          predicted: guess,
          scores: Array.from({ length: classes }, (_, index) =>
            index === guess ? 2.1 : index === truth ? 1.4 : -6 * random(),
          ),
        }))
      }),
    )
  }

  return {
    emit,
    app: {
      info: async () => ({
        version: '0.1.0',
        versions: { node: '20.20.2', electron: 'none' },
        dataFolder: '/home/ada/.local/share/gae-workbench',
        host: 'served',
        platform: 'linux',
        logFile: '/home/ada/.local/share/gae-workbench/logs/served.log',
        damage: null,
      }),
      problems: async () => (empty ? [] : fakeProblems()),
      restoreBackup: notHere,
    },
    datasets: {
      list: async ({ inBin }) => datasets.filter((dataset) => (dataset.deleted !== null) === inBin),
      get: async ({ dataset }) => findDataset(dataset),
      generate: notHere,
      previewGenerated: async () => {
        const pairs = Array.from({ length: 8 }, (_, index) => shiftedDots(index))
        const bytes = (of: 'x' | 'y') => Uint8Array.from(pairs.flatMap((pair) => Array.from(pair[of], (v) => 255 * v)))
        const shape: [number, number] = [13, 13]
        const [x, y] = [bytes('x'), bytes('y')]
        return { kind: 'pairs', n: 8, shape, targetShape: shape, classes: null, x, y, labels: null }
      },
      preview: async () => ({
        format: 'IDX',
        kind: 'images',
        n: 1000,
        shape: [28, 28],
        classes: ['0', '1'],
        splits: { train: 800, valid: 100, test: 100 },
        ownSplits: [],
        understood,
      }),
      // Goes on until it is cancelled.
      import: ({ name }) => {
        emit({ type: 'datasetProgress', name, fraction: 0.25 })
        return new Promise((_, reject) => importing.set(name, reject))
      },
      cancel: async ({ name }) => {
        importing.get(name)?.(new WorkbenchError('CANCELLED', 'Cancelled', { where: name }))
        emit({ type: 'datasets' })
      },
      summary: async ({ dataset, class: modelClass }) => summary(findDataset(dataset), modelClass),
      moveToBin: async ({ dataset }) => Object.assign(findDataset(dataset), { deleted: new Date().toISOString() }),
      restore: async ({ dataset }) => Object.assign(findDataset(dataset), { deleted: null }),
      images: async ({ dataset, class: modelClass, at, count }) => page(findDataset(dataset), modelClass, at, count),
    },
    runs: {
      list: async ({ inBin }) => runs.filter((run) => (run.deleted !== null) === inBin),
      get: async ({ run }) => findRun(run),
      metrics: async ({ run }) => fakeMetrics(findRun(run)),
      memory: async () => ({
        need: 3.1e8,
        there: 16e9,
        level: 'fits',
        text: 'about 310 MB of memory while training; 16.0 GB are free',
        fitting: [],
      }),
      results: async ({ run }) => {
        const { valid, test } = findRun(run)
        return [valid, test].filter((evaluation) => evaluation !== null)
      },
      predictions: async ({ run: reference, label, predicted, at, count }) => {
        const run = findRun(reference)
        const all = predictions(run, label, predicted)
        const rows = all.slice(at, at + count)
        return {
          total: all.length,
          classes: run.datasetInfo?.classes ?? [],
          rows,
          shape: [28, 28],
          images: Float32Array.from(rows.flatMap(({ index }) => [...rectangle(index).pixels])),
        }
      },
      create: notHere,
      cancel: ({ run }) => change(run, { status: 'cancelled', position: null, finished: new Date().toISOString() }),
      resume: ({ run }) => change(run, { status: 'queued', finished: null, error: null, position: runs.length }),
      ...fakeRemarks(findRun, change),
      moveToBin: ({ run }) => change(run, { deleted: new Date().toISOString() }),
      restore: ({ run }) => change(run, { deleted: null }),
    },
    queue: fakeQueue(runs, emit),
    sweeps: fakeSweeps(empty),
    compare: fakeCompare(findRun),
    models: { import: notHere },
    sample: { open: notHere, pairs: async () => [] },
    presets: { list: async () => [...presets] },
    images: {
      put: async ({ name, bytes }) => {
        const [width, height] = pngSize(name, bytes)
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        const image: StoredImage = { sha256, name, width, height, format: 'png', origin: null }
        images.set(sha256, { image, bytes: new Uint8Array(bytes) })
        return image
      },
      take: async ({ dataset: reference, split, index }) => {
        const dataset = findDataset(reference)
        const { x, y } = dataset.kind === 'pairs' ? shiftedDots(index) : { x: rectangle(index).pixels, y: null }
        const keep = (of: 'x' | 'y', pixels: Float32Array) => {
          const [height, width] = dataset.shape
          const bytes = writePfm({ height, width, pixels })
          const sha256 = createHash('sha256').update(bytes).digest('hex')
          const origin = { dataset: dataset.id, name: dataset.name, split, index, of }
          const name = `${dataset.name}, ${split} no. ${index}${y === null ? '' : `, ${of}`}`
          const image: StoredImage = { sha256, name, width, height, format: 'pfm', origin }
          images.set(sha256, { image, bytes })
          return image
        }
        return { x: keep('x', x), y: y === null ? null : keep('y', y) }
      },
      get: async ({ sha256 }) => {
        const found = images.get(sha256)
        if (found === undefined) throw missing('image', sha256.slice(0, 12))
        return found
      },
    },
    pairs: {
      score: async (request): Promise<PairScoreResponse> => {
        const run = findRun(request.run)
        const side = run.datasetInfo!.shape[0]
        const random = stream(parseInt(request.x.slice(0, 8), 16) + (request.class ?? 0))
        const pair = run.kind === 'gae' ? shiftedDots(3) : { x: rectangle(5).pixels, y: null }
        const recipe = ['RGB 640x480', 'luma', 'crop 480x480', `${side}x${side} area`, '[0,1]']
        const view = (of: 'x' | 'y', pixels: Float32Array): ModelView => ({
          recipe,
          options: request.view[of],
          steps: { channel: true, background: false, frame: true, resampling: true },
          shape: [side, side],
          pixels,
        })
        const classes = run.classifier ? run.datasetInfo!.classes : null
        const scores = classes?.map(() => random() * 20 - 4) ?? null
        const total = scores?.reduce((sum, score) => sum + Math.exp(score), 0) ?? 1
        const predicted = scores === null ? 0 : scores.indexOf(Math.max(...scores))
        return {
          run: run.id,
          kind: run.kind,
          datasetHash: run.datasetHash,
          class: classes === null ? null : (request.class ?? predicted),
          classes,
          preprocess: run.spec.preprocess,
          pair: {
            energy:
              run.kind === 'gae'
                ? { yGivenX: 41.307, xGivenY: 40.982, conditional: null, diagonal: null }
                : { yGivenX: null, xGivenY: null, conditional: 38.25, diagonal: -12.0416 },
            reconstructionError: { y: pair.y === null ? null : 0.0312, x: 0.0294 },
            mapping:
              'mappings' in run.spec.model
                ? Float32Array.from({ length: run.spec.model.mappings }, () => random() ** 3)
                : null,
            hidden:
              run.kind === 'mcae' || run.kind === 'ae' ? Float32Array.from({ length: 100 }, () => random() ** 2) : null,
            reconstruction: { y: pair.y === null ? null : blurred(pair.y, side), x: blurred(pair.x, side) },
            input: pair,
            gain: 12.3456,
          },
          gainSet: { dataset: run.dataset, split: 'test', n: 100, below: 98 },
          notices: [],
          noEnergy: null,
          classScore:
            scores === null
              ? null
              : {
                  scores,
                  posterior: scores.map((score) => Math.exp(score) / total),
                  predicted,
                },
          view: { x: view('x', pair.x), y: pair.y === null ? null : view('y', pair.y) },
          training: {
            x: { mean: 0.1, std: 0.02, n: 1000 },
            y: pair.y === null ? null : { mean: 0.1, std: 0.02, n: 1000 },
          },
        }
      },
      recent: async ({ count }) => (empty ? [] : fakeRecentPairs().slice(0, count)),
    },
    dynamics: { field: notHere, trajectory: notHere, integrability: notHere, plane: notHere, cancel: notHere },
    transformations: {
      filters: notHere,
      mappingUnit: notHere,
      transform: notHere,
      interpolate: notHere,
      cancel: notHere,
    },
    batches: fakeBatches(findRun, mostScored),
    devices: fakeDevices,
    events,
  }
}
