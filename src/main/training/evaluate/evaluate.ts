import { WorkbenchError } from '../../../shared/errors'
import type { EnergyError, Evaluation } from '../../../shared/runs'
import type { SplitResult } from '../../../shared/trainer'
import { openDatasetFile } from '../../datasets/datasetFile'
import { pixelsOf } from '../../datasets/pixelStatistics'
import { classify, otherEnergyTerms, scoresOf, type TermArrays } from '../../models/posterior'
import { type SavedModel } from '../../saved/savedModel'
import { objectiveOf } from '../../models/loss'
import { weightTensors } from '../../models/batchedGraph'
import { readCheckpoint } from '../../saved/checkpoint'
import { breathe, remark, type TaskContext } from '../context'
import type { EvaluateJob } from '../jobs'
import { LossEvaluation, meanOf } from '../pretrain/lossEvaluation'
import { scoreMatchingOf } from './scoreMatching'
import { trainingStatistics } from './trainingStatistics'
import { emptySplit, type SplitExamples } from '../data/trainingData'
import { modelKinds } from '../../models/kinds/registry'
import { shareInterval } from '../../statistics/clustered'
import { rowsOfClass } from '../data/holdOut'
import { selectExamples, type Examples } from '../../models/examples'
import { asSeen } from '../../saved/seen'
import { weightsOfClass } from '../../models/classWeights'
import { openClassScorer } from '../../models/openClassScorer'

/** Evaluates a model or classifier on splits of a dataset, without corruption. */
export async function evaluate(job: EvaluateJob, context: TaskContext): Promise<SplitResult[]> {
  remark(context, { phase: 'evaluate', class: null }, 'reading the model and the images')
  const { model } = await readCheckpoint(job.checkpoint)
  const file = await openDatasetFile(job.datasetPath)
  checkFit(model, file.info, job)
  const results: SplitResult[] = []
  const pieces = job.splits.length * (1 + (model.classes ?? 0))
  let done = 0
  const tell = () => report(context, ++done / pieces)
  for (const name of job.splits) {
    const rows = await file.split(name)
    if (rows.n === 0) throw emptySplit(job.spec.dataset, name)
    const { classMap } = job
    const labels = classMap === undefined ? rows.labels : (rows.labels?.map((label) => classMap[label]) ?? null)
    const sources = await file.sources(name)
    const seen: SplitExamples = { ...(await asSeen(model, rows, () => breathe(context.signal))), labels }
    const result =
      model.classes === null
        ? await evaluateModel(job, name, model, seen, context)
        : await evaluateClassifier(job, name, model, model.classes, { ...seen, sources }, context, tell)
    const scoreMatching = name === 'valid' ? await scoreMatchingOf(model, seen, job.spec, context) : null
    const pixels = pixelsOf(rows)
    const found = { ...(scoreMatching && { scoreMatching }), ...(pixels && { pixels }) }
    results.push({ ...result, evaluation: { ...result.evaluation, ...found } })
    tell()
  }
  const training = job.statistics === true ? await trainingStatistics(file, model, context) : null
  return results.map((result, index) =>
    training === null || index > 0
      ? result
      : { ...result, evaluation: { ...result.evaluation, training, ...coefficientsOf(model) } },
  )
}

/** Of models that compare energies. */
function coefficientsOf({ coefficients, description }: SavedModel): Pick<Evaluation, 'coefficients'> {
  if (coefficients === null || modelKinds[description.kind].scores !== null) return {}
  const { aM, aC, aB } = coefficients
  return { coefficients: { aM: [...aM], aC: [...aC], aB: [...aB] } }
}

function checkFit(
  { description, classes }: SavedModel,
  info: { shape: readonly [number, number]; targetShape: readonly [number, number] | null; classes: string[] | null },
  { spec: { dataset }, classMap }: EvaluateJob,
): void {
  const pixels = (shape: readonly [number, number] | null) => (shape === null ? null : shape[0] * shape[1])
  const [inputs, targets] = [pixels(info.shape), pixels(info.targetShape)]
  if (inputs !== description.inputs || targets !== description.targets) {
    const size = (x: number | null, y: number | null) => (y === null ? `${x} pixels` : `${x} and ${y} pixels`)
    throw new WorkbenchError(
      'SIZE_MISMATCH',
      `The model takes ${size(description.inputs, description.targets)}, the set has ${size(inputs, targets)}`,
      { where: dataset, remedy: 'Choose a dataset of the size that the model was trained on.' },
    )
  }
  if (classMap === undefined && classes !== null && info.classes?.length !== classes) {
    throw new WorkbenchError(
      'CLASSES_MISMATCH',
      `The classifier knows ${classes} classes, the set has ${info.classes?.length ?? 'no labels'}`,
      { where: dataset, remedy: 'Choose a dataset with the classes that it was trained on.' },
    )
  }
}

const report = ({ emit }: TaskContext, fraction: number): void =>
  emit({ type: 'progress', phase: 'evaluate', class: null, epoch: 0, epochs: 0, step: 0, loss: null, fraction })

/**
 * Mean loss of a model of `modelClass`, or of the one model, on clean examples.
 * @param placeOf a row of the examples, in words @throws LOSS_NOT_FINITE
 */
async function meanLoss(
  { spec }: EvaluateJob,
  model: SavedModel,
  modelClass: number | null,
  examples: Examples,
  placeOf: (row: number) => string,
  { backend, signal }: TaskContext,
): Promise<number> {
  const seen = { clean: examples, seen: examples }
  const evaluation = await LossEvaluation.compile(backend, model.description, objectiveOf(spec.model), seen)
  try {
    const losses = await evaluation.losses(weightTensors(weightsOfClass(model, modelClass)), () => breathe(signal))
    const bad = losses.findIndex((loss) => !Number.isFinite(loss))
    if (bad >= 0) throw notFinite(placeOf(bad), losses[bad])
    return meanOf(losses)
  } finally {
    await evaluation.dispose()
  }
}

const placeIn =
  ({ spec }: EvaluateJob, split: string) =>
  (row: number): string =>
    `${spec.dataset}: ${split}, image ${row}`

const notFinite = (where: string, loss: number): WorkbenchError =>
  new WorkbenchError('LOSS_NOT_FINITE', `The loss is ${loss}`, {
    where,
    remedy: 'Look at its pixels (a fill value such as 1e20?) and import the data without it.',
    exit: 1,
  })

async function evaluateModel(
  job: EvaluateJob,
  split: string,
  model: SavedModel,
  examples: SplitExamples,
  context: TaskContext,
): Promise<SplitResult> {
  const loss = await meanLoss(job, model, null, examples, placeIn(job, split), context)
  const evaluation: Evaluation = {
    split,
    n: examples.n,
    loss,
    error: null,
    errorInterval: null,
    nll: null,
    confusion: null,
  }
  const labels = examples.labels === null ? null : Int32Array.from(examples.labels)
  return { evaluation, labels, predicted: null, scores: null }
}

async function evaluateClassifier(
  job: EvaluateJob,
  split: string,
  model: SavedModel,
  classes: number,
  examples: SplitExamples & { sources: Int32Array | null },
  context: TaskContext,
  onClass: () => void,
): Promise<SplitResult> {
  const { labels, sources } = examples
  if (labels === null) throw new TypeError('a classifier is evaluated on labelled images')
  const { backend, signal } = context
  const scorer = await openClassScorer(backend, model, examples.n)
  const { scores, terms } = await scorer.run(examples, () => breathe(signal)).finally(() => scorer.dispose())
  const { error, nll, confusion, predicted } = classify(scores, labels, classes, placeIn(job, split))
  const { interval, clusters } = shareInterval(wrongOf(predicted, labels), sources)
  const own = { error, errorInterval: interval, nll }
  const losses: number[] = []
  for (let modelClass = 0; modelClass < classes; modelClass++) {
    const rows = rowsOfClass(labels, modelClass)
    const placeOf = (row: number) => placeIn(job, split)(rows[row])
    const images = selectExamples(examples, rows)
    if (rows.length > 0) losses.push(await meanLoss(job, model, modelClass, images, placeOf, context))
    onClass()
  }
  return {
    evaluation: {
      split,
      n: examples.n,
      loss: losses.reduce((total, loss) => total + loss, 0) / losses.length,
      ...own,
      confusion,
      ...(clusters !== null && { sources: clusters }),
      ...bothEnergies(model, own, terms, labels, sources),
    },
    labels: Int32Array.from(labels),
    predicted,
    scores: Float32Array.from(scores),
    sources,
  }
}

const wrongOf = (predicted: Int32Array, labels: Int32Array): Uint8Array =>
  Uint8Array.from(labels, (label, row) => Number(predicted[row] !== label))

/** The error under either energy, where coefficients were fitted for both. @param own under the energy that classifies */
function bothEnergies(
  { energy, otherCoefficients }: SavedModel,
  own: EnergyError,
  terms: TermArrays | null,
  labels: Int32Array,
  sources: Int32Array | null,
): Pick<Evaluation, 'energies'> {
  if (otherCoefficients === null || terms === null) return {}
  const scores = scoresOf(otherEnergyTerms(terms, energy), otherCoefficients)
  const { error, nll, predicted } = classify(scores, labels, otherCoefficients.B.length)
  const other = { error, errorInterval: shareInterval(wrongOf(predicted, labels), sources).interval, nll }
  return {
    energies: energy === 'conditional' ? { conditional: own, diagonal: other } : { conditional: other, diagonal: own },
  }
}
