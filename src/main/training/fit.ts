import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import { classifierSchema, type ClassifierSpec } from '../../shared/spec'
import type { TermArrays } from '../models/posterior'
import { stackClasses, type SavedModel } from '../models/savedModel'
import { readCheckpoint } from './checkpoint'
import { CheckpointWriter } from './checkpointWriter'
import { fitCoefficients, fitSteps, type LabelledTerms, type Tried } from './coefficientFit'
import { breathe, type TaskContext } from './context'
import { coefficientShare, finetune, type FittedClassifier } from './finetune'
import { heldOutRows, labelledExamples, type LabelledExamples } from './fitData'
import type { FitJob } from './jobs'
import { pixelRanges } from './pixelRanges'
import { TermEvaluation } from './termEvaluation'
import { classCount, emptySplit, readTrainingData, type TrainingData } from './trainingData'

/**
 * Fits a classifier on its finished models: biases, scales, or all weights starting from the scales.
 * @throws Cancelled, DIVERGED, and errors of data that do not fit the spec
 */
export async function fit(job: FitJob, context: TaskContext): Promise<void> {
  const { spec } = job
  const data = await readTrainingData(job.datasetPath, spec)
  const classes = classCount(data, spec)
  const valid = labelledExamples(data.valid, null, data, spec)
  if (valid.n === 0) throw emptySplit(spec.dataset, 'valid')
  const writer = new CheckpointWriter(job.checkpointFolder, context)
  const classifier = spec.classifier ?? classifierSchema.parse({})
  const start = async () => fitted(job, classifier, data, classes, valid, context)
  if (classifier.finetune === 'all') {
    const train = labelledExamples(data.train, null, data, spec)
    const from = job.resumeFrom === null ? await start() : null
    const range = pixelRanges(data, spec, classifier.corruption)
    return finetune(job, classifier, from, { train, valid, range }, writer, context)
  }
  const { model, seconds } = await start()
  const training = { phase: 'fit', class: null, epoch: fitSteps, step: fitSteps, best: null, patienceUsed: 0 } as const
  await writer.write({ model, training: { ...training, seconds, final: true, range: null }, carried: {}, spec })
}

/** Share of the fit's progress that computing the energy terms takes. */
const termShare = 0.3

/** The class models as one, with fitted coefficients. */
async function fitted(
  job: FitJob,
  classifier: ClassifierSpec,
  data: TrainingData,
  classes: number,
  valid: LabelledExamples,
  context: TaskContext,
): Promise<FittedClassifier> {
  const { spec } = job
  const model = await stacked(job, classes)
  const fitData = labelledExamples(data.train, heldOutRows(data, spec, classes), data, spec)
  const began = performance.now()
  const evaluation = await TermEvaluation.compile(context.backend, model.description, classes, model.energy, 500)
  let fitTerms: LabelledTerms
  let validTerms: LabelledTerms
  try {
    const weights = TermEvaluation.weights(model)
    const terms = async (set: LabelledExamples) => ({
      terms: await evaluation.run(set, weights, () => breathe(context.signal)),
      labels: set.labels,
    })
    fitTerms = await terms(fitData)
    validTerms = await terms(valid)
  } finally {
    await evaluation.dispose()
  }
  const seconds = () => (performance.now() - began) / 1000
  const { coefficients, fitNll } = await fitCoefficients(context.backend, {
    scales: classifier.finetune === 'biases' ? 'none' : classifier.scales,
    fit: fitTerms,
    valid: validTerms,
    biases: startBiases(model.description, fitData, fitTerms.terms, classes),
    onCheck: (step, tried) => report(context, classifier, step, tried, seconds()),
    breathe: () => breathe(context.signal),
  })
  return { model: { ...model, coefficients }, fitNll, seconds: seconds() }
}

/** Checks of the coefficients are epochs of the fit, unless epochs of all weights follow. */
function report(
  { emit }: TaskContext,
  { finetune: kind, epochs }: ClassifierSpec,
  step: number,
  { fitNll, nll, error }: Tried,
  seconds: number,
): void {
  const place = { phase: 'fit', class: null } as const
  const fraction = termShare + ((1 - termShare) * step) / fitSteps
  if (kind === 'all') {
    emit({ type: 'progress', ...place, epoch: 0, epochs, step: 0, loss: fitNll, fraction: coefficientShare * fraction })
    return
  }
  emit({ type: 'progress', ...place, epoch: step, epochs: fitSteps, step, loss: fitNll, fraction })
  emit({ type: 'epoch', ...place, epoch: step, trainLoss: fitNll, validLoss: nll, validError: error, seconds })
}

/** All class models in one, each array with a leading class axis. */
async function stacked(job: FitJob, classes: number): Promise<SavedModel> {
  const { spec } = job
  const models = await Promise.all(job.models.map(async (path) => (await readCheckpoint(path)).model))
  if (models.length !== classes || models.some(({ description }) => !same(description, models[0].description))) {
    throw new WorkbenchError(
      'MODELS_MISMATCH',
      `${models.length} models of one shape are not given for ${classes} classes`,
      {
        where: spec.dataset,
        remedy: 'Train the run again.',
        exit: 1,
      },
    )
  }
  const weights = stackClasses(models.map((model) => model.weights))
  return { ...models[0], classes, weights, energy: spec.classifier?.energy ?? 'conditional' }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** B_i at the start: minus the mean energy of the images of class i under model i. @returns [C] */
function startBiases(
  { visible }: ModelDescription,
  { x, labels, n }: LabelledExamples,
  terms: TermArrays,
  classes: number,
): Float64Array {
  const sums = new Float64Array(classes)
  const counts = new Float64Array(classes)
  const pixels = x.length / n
  for (let row = 0; row < n; row++) {
    // The terms lack -½‖x‖², which is part of the Gaussian energy alone.
    let squares = 0
    if (visible === 'gaussian') for (let at = row * pixels; at < (row + 1) * pixels; at++) squares += x[at] ** 2
    const at = row * classes + labels[row]
    sums[labels[row]] += (terms.mean?.[at] ?? 0) + (terms.covariance?.[at] ?? 0) + terms.visible[at] - squares / 2
    counts[labels[row]]++
  }
  return sums.map((sum, i) => (counts[i] === 0 ? 0 : -sum / counts[i]))
}
