import { WorkbenchError } from '../../../shared/errors'
import type { ModelDescription } from '../../../shared/model'
import type { RunSpec } from '../../../shared/spec/schema'
import { compileSteps } from '../../compute/driver'
import { float32, type Tensors } from '../../compute/tensor'
import { weightTensors } from '../../models/batchedGraph'
import { describeModel } from '../../models/describe'
import { initialWeights } from '../../models/initialise'
import { objectiveOf } from '../../models/loss'
import { parameterShapes } from '../../models/parameters'
import { meanImage } from '../../models/preprocess'
import type { SavedModel } from '../../saved/savedModel'
import { CheckpointWriter } from '../loop/checkpointWriter'
import { breathe, remark, type TaskContext } from '../context'
import { corruptedCopy, corruptionsOf, type Corruptions } from '../steps/corruption'
import { bytesOfDraws, drawTensors } from '../steps/draws'
import { freshTensors, imageTensors } from '../data/epochData'
import { trainEpochs } from '../loop/epochLoop'
import { EpochOrder } from '../data/epochOrder'
import type { PretrainJob } from '../jobs'
import { LossEvaluation } from './lossEvaluation'
import { stepRates } from '../steps/optimizers'
import { scaleWarning } from '../data/pixelScale'
import { pixelRanges } from '../data/pixelRanges'
import { reconstructionStep } from '../steps/reconstructionStep'
import { streamOf } from '../data/streams'
import { classCount, emptySplit, readTrainingData, type TrainingData } from '../data/trainingData'
import { chosenParameters, describeState, freshState, resumedState, type TrainingState } from '../loop/trainingState'
import type { WeightArrays } from '../../models/weightArray'
import { holdOut, rowsOfClass } from '../data/holdOut'
import type { Examples } from '../../models/examples'
import { prepared } from '../../saved/seen'

/**
 * Trains one model: of one class, or of all data. Validation is on the class's (all) validation examples with a corruption
 * that stays the same over all epochs, so that its loss is comparable with the training loss.
 * @throws Cancelled, DIVERGED, and errors of data that do not fit the spec
 */
export async function pretrain(job: PretrainJob, context: TaskContext): Promise<void> {
  const { spec, class: modelClass } = job
  const place = { phase: 'pretrain', class: modelClass, epochs: spec.epochs } as const
  if (job.resumeFrom === null) remark(context, place, 'reading the data')
  const data = await readTrainingData(job.datasetPath, spec, job.whitening)
  // One of a classifier's models tells it: the others have the same data.
  const warning = modelClass === null || modelClass === 0 ? scaleWarning(data, spec) : null
  if (warning !== null) context.emit({ type: 'warning', warning })
  const description = describeModel(spec.model, data.inputs, data.targets)
  const learn = await learningExamples(data, spec, modelClass)
  const batchSize = Math.min(spec.batchSize, learn.n)
  const stepsPerEpoch = Math.floor(learn.n / batchSize)
  const range = await pixelRanges(data, spec, spec.corruption)
  const corruptions = corruptionsOf(description.kind, spec.corruption, range)
  const step = reconstructionStep(description, spec, corruptions, learn.n, batchSize)
  const start =
    job.resumeFrom === null
      ? freshState(startParameters(description, learn, job), step.memory)
      : await resumedState(job.resumeFrom, ({ model }) => weightTensors(model.weights))
  // A resumed training is at work on its next epoch.
  const at = { epoch: start.epoch === 0 ? 0 : start.epoch + 1, fraction: start.epoch / spec.epochs }
  remark(context, { ...place, ...at }, 'making the step ready')
  const validation = await validationOf(data, description, corruptions, job, context)
  const runner = await compileSteps(context.backend, step.graph, imageTensors(learn))
  const fresh = await freshTensors(job, data, learn)
  const names = Object.keys(parameterShapes(description))
  const writer = new CheckpointWriter(job.checkpointFolder, context)
  const order = new EpochOrder(spec.seed, streamOf('order', modelClass), learn.n, batchSize)
  const checkpointOf = (state: TrainingState, final: boolean) => ({
    model: savedModel(description, chosenParameters(state, names), data, spec),
    training: { ...describeState(state, 'pretrain', modelClass, final), range },
    carried: final && job.mayGoOn !== true ? {} : state.carried,
    spec,
  })
  try {
    const end = await trainEpochs(
      {
        runner,
        epochs: spec.epochs,
        stepsPerEpoch,
        bytesPerStep: 4 * batchSize + bytesOfDraws(step.draws),
        parameterNames: names,
        patience: spec.earlyStopping?.patience ?? null,
        learningRate: spec.optimizer.learningRate,
        feed: (first, count, epoch) => ({
          rows: order.rows(epoch, first % stepsPerEpoch, count),
          rate: float32(stepRates(spec.optimizer, first, count, spec.epochs * stepsPerEpoch), [count]),
          ...drawTensors(step.draws, spec.seed, (purpose) => streamOf(purpose, modelClass), first, count),
        }),
        ...(fresh === null ? {} : { freshData: fresh }),
        validate: async (parameters) => {
          if (validation === null) return null
          const loss = await validation.mean(parameters, () => breathe(context.signal))
          return { stopScore: [loss], loss, error: null }
        },
        onProgress: (epoch, done, loss) =>
          context.emit({
            type: 'progress',
            phase: 'pretrain',
            class: modelClass,
            epoch,
            epochs: spec.epochs,
            step: done,
            loss,
            fraction: done / (spec.epochs * stepsPerEpoch),
          }),
        onEpoch: ({ epoch, seconds }, trainLoss, found) =>
          context.emit({
            type: 'epoch',
            phase: 'pretrain',
            class: modelClass,
            epoch,
            trainLoss,
            validLoss: found?.loss ?? null,
            validError: null,
            seconds,
          }),
        onState: async (state) => {
          await writer.write(checkpointOf(state, false))
        },
        signal: context.signal,
      },
      start,
    )
    await writer.write(checkpointOf(end, true))
  } finally {
    await runner.dispose()
    await validation?.dispose()
  }
}

/** The examples that the model learns from, as it sees them. */
async function learningExamples(data: TrainingData, spec: RunSpec, modelClass: number | null): Promise<Examples> {
  if (modelClass === null) return prepared(data.train, null, data, spec.preprocess)
  const classes = classCount(data, spec)
  if (modelClass < 0 || modelClass >= classes || data.train.labels === null) {
    throw new WorkbenchError('CLASS_UNKNOWN', `There is no class ${modelClass}`, {
      where: spec.dataset,
      remedy: `Classes go from 0 to ${classes - 1}.`,
    })
  }
  const rows = rowsOfClass(data.train.labels, modelClass)
  const { learn } = holdOut(rows, spec.classifier?.holdout ?? 0, spec.seed, modelClass)
  if (learn.length === 0) {
    throw new WorkbenchError('CLASS_EMPTY', `Class ${modelClass} has no training examples`, {
      where: spec.dataset,
      remedy: 'Give each class examples, or lower classifier.holdout.',
    })
  }
  return prepared(data.train, learn, data, spec.preprocess)
}

function startParameters(
  description: ModelDescription,
  { x, y }: Examples,
  { spec, class: modelClass }: PretrainJob,
): Tensors {
  const start = {
    ...spec.model,
    meanX: meanImage(x, description.inputs),
    meanY: y === null || description.targets === null ? null : meanImage(y, description.targets),
  }
  return weightTensors(initialWeights(description, start, spec.seed, streamOf('start', modelClass)))
}

async function validationOf(
  data: TrainingData,
  description: ModelDescription,
  corruptions: Corruptions,
  { spec, class: modelClass }: PretrainJob,
  { backend }: TaskContext,
): Promise<LossEvaluation | null> {
  const { valid } = data
  const rows = modelClass === null || valid.labels === null ? null : rowsOfClass(valid.labels, modelClass)
  if ((rows?.length ?? valid.n) === 0) {
    if (spec.earlyStopping === null) return null
    throw emptySplit(spec.dataset, 'valid')
  }
  const clean = await prepared(valid, rows, data, spec.preprocess)
  const { x, y } = corruptions
  const seen = {
    n: clean.n,
    x: corruptedCopy(clean.x, x, spec.seed, streamOf('validX', modelClass)),
    y: clean.y === null ? null : corruptedCopy(clean.y, y, spec.seed, streamOf('validY', modelClass)),
  }
  return LossEvaluation.compile(backend, description, objectiveOf(spec.model), { clean, seen })
}

function savedModel(
  description: ModelDescription,
  parameters: Tensors,
  { centre, whitening }: TrainingData,
  spec: RunSpec,
): SavedModel {
  const weights = Object.entries(parameters).map(([name, { shape, data }]) => [
    name,
    { shape, data: Float32Array.from(data) },
  ])
  return {
    description,
    classes: null,
    energy: spec.classifier?.energy ?? 'conditional',
    preprocess: spec.preprocess,
    weights: Object.fromEntries(weights) as WeightArrays,
    coefficients: null,
    otherCoefficients: null,
    centre,
    whitening,
  }
}
