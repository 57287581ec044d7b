import type { PixelRanges } from '../../../shared/model'
import type { ClassifierSpec } from '../../../shared/spec/schema'
import { compileSteps } from '../../compute/driver'
import { float32, type Tensor, type Tensors } from '../../compute/tensor'
import { parameterShapes } from '../../models/parameters'
import { classify, scoresOf } from '../../models/posterior'
import { type SavedModel } from '../../saved/savedModel'
import type { CheckpointWriter, FinishedCheckpoint } from '../loop/checkpointWriter'
import { oneHot } from './coefficientFit'
import { coefficientShare } from './coefficientShare'
import { breathe, type TaskContext } from '../context'
import { corruptionsOf } from '../steps/corruption'
import { bytesOfDraws, drawTensors } from '../steps/draws'
import { trainEpochs, type Validation } from '../loop/epochLoop'
import { EpochOrder } from '../data/epochOrder'
import { finetuneRule, finetuneStep } from '../steps/finetuneStep'
import type { LabelledExamples } from './fitData'
import type { FitJob } from '../jobs'
import { stepRates } from '../steps/optimizers'
import { finetuneStream } from '../data/streams'
import { chosenParameters, describeState, freshState, resumedState, type TrainingState } from '../loop/trainingState'
import type { Coefficients } from '../../models/coefficients'
import type { WeightArrays } from '../../models/weightArray'
import { stackClasses } from '../../models/classWeights'
import { classPrefix, TermEvaluation } from '../../models/termEvaluation'

export interface FinetuneData {
  train: LabelledExamples
  valid: LabelledExamples
  /** Of the training pixels, where the corruption needs it. */
  range: PixelRanges | null
}

/** A classifier with fitted coefficients. */
export interface FittedClassifier {
  model: SavedModel
  /** Mean negative log-likelihood of the data fitted to. */
  fitNll: number
  /** What the fit took. */
  seconds: number
}

/**
 * Trains every weight and B of a classifier through its energies, its scales frozen. The start is epoch 0: with early
 * stopping the result is never worse than it on the validation data. The last checkpoint is left to the caller.
 * @param start null where the job resumes
 */
export async function finetune(
  { spec, resumeFrom }: FitJob,
  classifier: ClassifierSpec,
  start: FittedClassifier | null,
  { train, valid, range }: FinetuneData,
  writer: CheckpointWriter,
  context: TaskContext,
): Promise<FinishedCheckpoint> {
  const resumed = resumeFrom === null ? null : await resumedState(resumeFrom, ({ model }) => parametersOf(model))
  const model = resumed?.checkpoint.model ?? start?.model
  if (model?.classes == null || model.coefficients === null) throw new TypeError('a classifier is fine-tuned')
  const { classes, coefficients } = model
  const batchSize = Math.min(classifier.batchSize, train.n)
  const stepsPerEpoch = Math.floor(train.n / batchSize)
  const { x: corruption } = corruptionsOf(model.description.kind, classifier.corruption, range)
  const step = finetuneStep(model.description, model.energy, classes, classifier, corruption, train.n, batchSize)
  const names = Object.keys(parametersOf(model))
  const evaluation = await TermEvaluation.compile(context.backend, model.description, classes, model.energy, valid.n)
  const validate = async (parameters: Tensors): Promise<Validation> => {
    const terms = await evaluation.run(valid, parameters, () => breathe(context.signal))
    const { error, nll } = classify(
      scoresOf(terms, { ...coefficients, B: biasesOf(parameters) }),
      valid.labels,
      classes,
      (row) => `${spec.dataset}: valid, image ${row}`,
    )
    return { stopScore: [error, nll], loss: nll, error }
  }
  const tell = (epoch: number, trainLoss: number, found: Validation | null, seconds: number) =>
    context.emit({
      type: 'epoch',
      phase: 'fit',
      class: null,
      epoch,
      trainLoss,
      validLoss: found?.loss ?? null,
      validError: found?.error ?? null,
      seconds,
    })
  const order = new EpochOrder(spec.seed, finetuneStream('order'), train.n, batchSize)
  const checkpointOf = (state: TrainingState, final: boolean) => ({
    model: withParameters(model, coefficients, chosenParameters(state, names)),
    training: { ...describeState(state, 'fit', null, final), range },
    carried: final ? {} : state.carried,
    spec,
  })
  const runner = await compileSteps(context.backend, step.graph, dataTensors(step.graph.data, train, coefficients))
  try {
    let state: TrainingState = resumed ?? freshState(parametersOf(model), step.memory)
    if (start !== null) {
      const parameters = parametersOf(model)
      const found = await validate(parameters)
      tell(0, start.fitNll, found, start.seconds)
      const best = classifier.earlyStopping === null ? null : { stopScore: found.stopScore, parameters }
      state = { ...state, best, seconds: start.seconds }
    }
    const totalSteps = classifier.epochs * stepsPerEpoch
    const end = await trainEpochs(
      {
        runner,
        epochs: classifier.epochs,
        stepsPerEpoch,
        bytesPerStep: 4 * batchSize + bytesOfDraws(step.draws),
        parameterNames: names,
        patience: classifier.earlyStopping?.patience ?? null,
        learningRate: classifier.learningRate,
        feed: (first, count, epoch) => ({
          rows: order.rows(epoch, first % stepsPerEpoch, count),
          rate: float32(stepRates(finetuneRule(classifier), first, count, totalSteps), [count]),
          ...drawTensors(step.draws, spec.seed, finetuneStream, first, count),
        }),
        validate,
        onProgress: (epoch, steps, loss) => {
          const fraction = coefficientShare + (1 - coefficientShare) * (steps / totalSteps)
          const { epochs } = classifier
          context.emit({ type: 'progress', phase: 'fit', class: null, epoch, epochs, step: steps, loss, fraction })
        },
        onEpoch: ({ epoch, seconds }, trainLoss, found) => tell(epoch, trainLoss, found, seconds),
        onState: async (now) => {
          await writer.write(checkpointOf(now, false))
        },
        signal: context.signal,
      },
      state,
    )
    return checkpointOf(end, true)
  } finally {
    await runner.dispose()
    await evaluation.dispose()
  }
}

/** Weights of all classes and B, under the names of the step graph. */
function parametersOf(model: SavedModel): Record<string, Tensor> {
  if (model.coefficients === null) throw new TypeError('a classifier has coefficients')
  const { B } = model.coefficients
  return { ...TermEvaluation.weights(model), B: float32(B, [B.length]) }
}

const biasesOf = ({ B }: Tensors): Float32Array => Float32Array.from(B.data)

/** A classifier with other weights and biases. */
function withParameters(model: SavedModel, coefficients: Coefficients, parameters: Tensors): SavedModel {
  const names = Object.keys(parameterShapes(model.description))
  const weightsOf = (modelClass: number): WeightArrays => {
    const entries = names.map((name) => {
      const { shape, data } = parameters[`${classPrefix(modelClass)}${name}`]
      return [name, { shape, data: Float32Array.from(data) }]
    })
    return Object.fromEntries(entries) as WeightArrays
  }
  const weights = stackClasses(Array.from({ length: coefficients.B.length }, (_, index) => weightsOf(index)))
  return { ...model, weights, coefficients: { ...coefficients, B: biasesOf(parameters) } }
}

function dataTensors(
  names: readonly string[],
  { n, x, labels }: LabelledExamples,
  coefficients: Coefficients,
): Tensors {
  const classes = coefficients.B.length
  const all: Record<string, Tensor> = {
    x: float32(x, [n, x.length / n]),
    oneHot: float32(oneHot(labels, classes), [n, classes]),
    aM: float32(coefficients.aM, [classes]),
    aC: float32(coefficients.aC, [classes]),
    aB: float32(coefficients.aB, [classes]),
  }
  return Object.fromEntries(names.map((name) => [name, all[name]]))
}
