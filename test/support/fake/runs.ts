import type { Dataset } from '../../../src/shared/datasets'
import type { Evaluation, Metric, RunDetail, RunStatus } from '../../../src/shared/runs'
import { runSpecSchema, type RunSpecInput } from '../../../src/shared/spec/schema'
import { stream } from './pictures'
import { diverged } from './problems'

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const hash = (letter: string) => letter.repeat(64)

const dataset = (over: Partial<Dataset> & Pick<Dataset, 'id' | 'name'>): Dataset => ({
  kind: 'images',
  shape: [28, 28],
  targetShape: null,
  classes: ['tall', 'wide'],
  n: { train: 1000, valid: 200, test: 10_000 },
  hash: hash('a'),
  bytes: 8_780_800,
  recipe: {
    kind: 'generated',
    generator: 'rectangles',
    seed: 1,
    counts: { train: 1000, valid: 200, test: 10_000 },
    options: {},
    source: null,
  },
  created: '2026-05-01T08:00:00.000Z',
  deleted: null,
  ...over,
})

export const fakeDatasets: Dataset[] = [
  dataset({ id: 'd-rect', name: 'rect' }),
  dataset({
    id: 'd-digits',
    name: 'digits',
    classes: digits,
    n: { train: 8000, valid: 1000, test: 1000 },
    hash: hash('b'),
    recipe: {
      kind: 'imported',
      format: 'IDX',
      files: [{ name: 'images.gz', sha256: hash('c'), bytes: 1_648_877 }],
      seed: 1,
      options: { valid: 1000, test: 1000 },
      understood: null,
    },
  }),
  dataset({
    id: 'd-shifts',
    name: 'shifts',
    kind: 'pairs',
    shape: [13, 13],
    targetShape: [13, 13],
    classes: null,
    n: { train: 20_000, valid: 1000, test: 1000 },
    hash: hash('d'),
  }),
]

/** A matrix with `wrong` images off the diagonal, in uneven cells. */
function confusion(classes: number, n: number, wrong: number): number[][] {
  const random = stream(classes)
  const matrix = Array.from({ length: classes }, (_, label) =>
    Array.from({ length: classes }, (_, other) => (label === other ? Math.floor(n / classes) : 0)),
  )
  for (let image = 0; image < wrong; image++) {
    const label = Math.floor(random() ** 2 * classes)
    const predicted = (label + 1 + Math.floor(random() ** 3 * (classes - 1))) % classes
    matrix[label]![label]!--
    matrix[label]![predicted]!++
  }
  return matrix
}

const scoreMatching = {
  std: 0.1,
  n: 200,
  denoising: 30.1234,
  matching: 301_234.03,
  relativeDifference: 1e-7,
  tolerance: 1e-4,
}

function evaluation(split: string, n: number, wrong: number, classes: number): Evaluation {
  const error = wrong / n
  const half = 1.96 * Math.sqrt((error * (1 - error)) / n)
  const conditional = {
    error,
    errorInterval: [Math.max(0, error - half), error + half] satisfies [number, number],
    nll: error * 3.4 + 0.0012,
  }
  return {
    split,
    n,
    loss: 18.42,
    ...conditional,
    confusion: confusion(classes, n, wrong),
    energies: { conditional, diagonal: { ...conditional, error: error * 1.1, nll: conditional.nll * 1.08 } },
    ...(split === 'valid' ? { scoreMatching } : {}),
  }
}

interface Made {
  id: string
  name: string
  status: RunStatus
  of: Dataset
  spec: Omit<RunSpecInput, 'dataset'>
  slot: number
  hoursAgo: number
  wrong?: number
  over?: Partial<RunDetail>
}

function made({ id, name, status, of, spec, slot, hoursAgo, wrong, over }: Made): RunDetail {
  const resolved = runSpecSchema.parse({ ...spec, dataset: of.name })
  const at = (minutes: number) => new Date(Date.now() - hoursAgo * 3_600_000 + minutes * 60_000).toISOString()
  const started = status === 'queued' ? null : at(0.1)
  const classes = of.classes?.length ?? 0
  const done = status === 'done'
  const loss = (split: string, n: number): Evaluation => ({
    split,
    n,
    loss: 11.07,
    error: null,
    errorInterval: null,
    nll: null,
    confusion: null,
  })
  return {
    id,
    name,
    status,
    dataset: of.name,
    dataSeed: null,
    kind: resolved.model.kind,
    classifier: resolved.classifier !== undefined,
    seed: resolved.seed,
    slot,
    created: at(0),
    started,
    finished: status === 'queued' || status === 'running' ? null : at(3),
    deleted: null,
    engine: started === null ? null : 'onnx',
    device: started === null ? null : 'cpu',
    dtype: started === null ? null : 'float32',
    epochs: resolved.epochs,
    progress: null,
    valid: !done
      ? null
      : wrong === undefined
        ? loss('valid', of.n.valid)
        : evaluation('valid', of.n.valid, Math.ceil(wrong / 40), classes),
    test: !done ? null : wrong === undefined ? loss('test', of.n.test) : evaluation('test', of.n.test, wrong, classes),
    error: null,
    tags: [],
    note: null,
    sweep: null,
    threads: null,
    position: null,
    spec: resolved,
    requestedDevice: 'auto',
    versions: { workbench: '0.1.0', node: '20.20.2', onnxruntime: '1.30.0' },
    datasetHash: of.hash,
    datasetInfo: of,
    seconds: started === null ? 0 : 41.7,
    resumed: [],
    exitReason: null,
    hasCheckpoint: started !== null,
    ...over,
  }
}

const [rect, digitsSet, shifts] = fakeDatasets as [Dataset, Dataset, Dataset]
const mcae = { model: { kind: 'mcae' as const, hidden: 100, factors: 100, mappings: 25 }, epochs: 40, classifier: {} }

/** Runs in every state, newest first; one with the longest name that is allowed. */
export const fakeRuns = (): RunDetail[] => [
  made({
    id: 'r-queued',
    name: 'digits-2',
    status: 'queued',
    of: digitsSet,
    spec: mcae,
    slot: 7,
    hoursAgo: 0.01,
    over: { position: 1 },
  }),
  made({
    id: 'r-running',
    name: 'rect-3',
    status: 'running',
    of: rect,
    spec: mcae,
    slot: 6,
    hoursAgo: 0.02,
    over: {
      progress: {
        t: 61,
        phase: 'pretrain',
        class: 1,
        epoch: 12,
        epochs: 40,
        step: 612,
        loss: 21.3,
        fraction: 0.63,
        eta: 214,
      },
    },
  }),
  made({ id: 'r-rect', name: 'rect-2', status: 'done', of: rect, spec: mcae, slot: 1, hoursAgo: 2, wrong: 62 }),
  made({
    id: 'r-digits',
    name: 'digits-1',
    status: 'done',
    of: digitsSet,
    spec: mcae,
    slot: 2,
    hoursAgo: 5,
    wrong: 31,
  }),
  made({
    id: 'r-shifts',
    name: 'shifts-1',
    status: 'done',
    of: shifts,
    spec: { model: { kind: 'gae', mappings: 80 }, epochs: 60 },
    slot: 3,
    hoursAgo: 8,
  }),
  made({
    id: 'r-failed',
    name: 'rect-1',
    status: 'failed',
    of: rect,
    spec: mcae,
    slot: 0,
    hoursAgo: 26,
    over: {
      error: diverged,
      exitReason: 'DIVERGED',
    },
  }),
  made({
    id: 'r-interrupted',
    name: 'rect-ae',
    status: 'interrupted',
    of: rect,
    spec: { ...mcae, model: { kind: 'ae' } },
    slot: 4,
    hoursAgo: 50,
  }),
  made({
    id: 'r-long',
    name: 'rectangles-mean-covariance-with-a-very-long-name-that-somebody-typed-to-remember-every-setting-of-it-lr0.001-mask0.3-std',
    status: 'cancelled',
    of: rect,
    spec: mcae,
    slot: 5,
    hoursAgo: 200,
  }),
]

/** Curves that fall and flatten, one a class, and a short fit. */
export function fakeMetrics(run: RunDetail): Metric[] {
  const random = stream(run.slot + 3)
  const classes = run.classifier ? (run.datasetInfo?.classes?.length ?? 0) : 1
  const last = run.status === 'done' ? run.spec.epochs : run.status === 'queued' ? 0 : run.status === 'failed' ? 6 : 12
  const pretrain = Array.from({ length: classes }, (_, index) =>
    Array.from({ length: last }, (_, epoch): Metric => {
      const trainLoss = 60 * Math.exp(-epoch / 6) + 14 + 3 * index + random()
      return {
        phase: 'pretrain',
        class: run.classifier ? index : null,
        epoch: epoch + 1,
        trainLoss,
        validLoss: trainLoss * 1.06 + random() * 1.5,
        validError: null,
        seconds: (epoch + 1) * 0.31,
      }
    }),
  ).flat()
  if (!run.classifier || run.status !== 'done') return pretrain
  const fit = Array.from({ length: 30 }, (_, epoch): Metric => {
    const trainLoss = 0.6 * Math.exp(-epoch / 5) + 0.01
    return {
      phase: 'fit',
      class: null,
      epoch: (epoch + 1) * 20,
      trainLoss,
      validLoss: trainLoss * 1.2,
      validError: trainLoss / 8,
      seconds: epoch * 0.02,
    }
  })
  return [...pretrain, ...fit]
}
