import { WorkbenchError } from '../../../shared/errors'
import { classifierSchema, type ClassifierSpec } from '../../../shared/spec/schema'
import { type SavedModel } from '../../saved/savedModel'
import { readCheckpoint } from '../../saved/checkpoint'
import { CheckpointWriter } from '../loop/checkpointWriter'
import { fitCoefficients, fitSteps, scalesOf, type LabelledTerms, type Tried } from './coefficientFit'
import { breathe, remark, type TaskContext } from '../context'
import { coefficientShare } from './coefficientShare'
import { finetune, type FittedClassifier } from './finetune'
import { heldOutRows, labelledExamples, type LabelledExamples } from './fitData'
import type { FitJob } from '../jobs'
import { fitOtherEnergy, type FitSets } from './otherEnergy'
import { pixelRanges } from '../data/pixelRanges'
import { startBiases } from './startBiases'
import { classCount, emptySplit, readTrainingData } from '../data/trainingData'
import { stackClasses } from '../../models/classWeights'
import { TermEvaluation } from '../../models/termEvaluation'

/**
 * Fits a classifier on its finished models: biases, scales, or all weights starting from the scales.
 * @throws Cancelled, DIVERGED, and errors of data that do not fit the spec
 */
export async function fit(job: FitJob, context: TaskContext): Promise<void> {
  const { spec } = job
  const epochs = spec.classifier?.finetune === 'all' ? spec.classifier.epochs : fitSteps
  if (job.resumeFrom === null) remark(context, { phase: 'fit', class: null, epochs }, 'computing the energies')
  const data = await readTrainingData(job.datasetPath, spec, job.whitening)
  const classes = classCount(data, spec)
  const valid = await labelledExamples(data.valid, null, data, spec)
  if (valid.n === 0) throw emptySplit(spec.dataset, 'valid')
  const writer = new CheckpointWriter(job.checkpointFolder, context)
  const classifier = spec.classifier ?? classifierSchema.parse({})
  const sets = { fit: await labelledExamples(data.train, heldOutRows(data, spec, classes), data, spec), valid }
  const start = () => fitted(job, classifier, sets, classes, context)
  const complete = async (model: SavedModel, terms: FitSets<LabelledTerms>): Promise<SavedModel> => ({
    ...model,
    ...(data.classNames && { classNames: data.classNames }),
    otherCoefficients: await fitOtherEnergy(model, classifier, sets, terms, context),
  })
  if (classifier.finetune === 'all') {
    const train = await labelledExamples(data.train, null, data, spec)
    const from = job.resumeFrom === null ? await start() : null
    const range = await pixelRanges(data, spec, classifier.corruption)
    const end = await finetune(job, classifier, from, { train, valid, range }, writer, context)
    await writer.write({ ...end, model: await complete(end.model, await termsOf(end.model, sets, context)) })
    return
  }
  const { model, seconds, terms } = await start()
  const training = { phase: 'fit', class: null, epoch: fitSteps, step: fitSteps, best: null, patienceUsed: 0 } as const
  await writer.write({
    model: await complete(model, terms),
    training: { ...training, seconds, final: true, range: null },
    carried: {},
    spec,
  })
}

/** Share of the fit's progress that computing the energy terms takes. */
const termShare = 0.3

/** The class models as one, with fitted coefficients. */
async function fitted(
  job: FitJob,
  classifier: ClassifierSpec,
  sets: FitSets<LabelledExamples>,
  classes: number,
  context: TaskContext,
): Promise<FittedClassifier & { terms: FitSets<LabelledTerms> }> {
  const model = await stacked(job, classes)
  const began = performance.now()
  const terms = await termsOf(model, sets, context)
  const seconds = () => (performance.now() - began) / 1000
  const { coefficients, fitNll } = await fitCoefficients(context.backend, {
    scales: scalesOf(classifier),
    ...terms,
    biases: startBiases(model.description, sets.fit, terms.fit.terms, classes),
    onCheck: (step, tried) => report(context, classifier, step, tried, seconds()),
    breathe: () => breathe(context.signal),
  })
  return { model: { ...model, coefficients }, fitNll, seconds: seconds(), terms }
}

/** The energy terms of both sets under the models of all classes. */
async function termsOf(
  model: SavedModel,
  { fit, valid }: FitSets<LabelledExamples>,
  { backend, signal }: TaskContext,
): Promise<FitSets<LabelledTerms>> {
  const evaluation = await TermEvaluation.compile(backend, model.description, model.classes ?? 0, model.energy, 500)
  try {
    const weights = TermEvaluation.weights(model)
    const terms = async (set: LabelledExamples) => ({
      terms: await evaluation.run(set, weights, () => breathe(signal)),
      labels: set.labels,
    })
    return { fit: await terms(fit), valid: await terms(valid) }
  } finally {
    await evaluation.dispose()
  }
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
