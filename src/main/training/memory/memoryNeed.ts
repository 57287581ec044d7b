import type { Dataset } from '../../../shared/datasets'
import type { RunSpec } from '../../../shared/spec/schema'
import type { Phase } from '../../../shared/runs'
import { input } from '../../compute/graph'
import { peakBytes } from '../../compute/peak'
import { sizeOf } from '../../compute/shapes'
import { graph } from '../../compute/graph'
import { classTerms } from '../../models/classifier'
import { describeModel } from '../../models/describe'
import { modelKinds } from '../../models/kinds/registry'
import { objectiveOf, reconstructionLoss } from '../../models/loss'
import { parameterShapes, weightInputs } from '../../models/parameters'
import { classPrefix } from '../../models/termEvaluation'
import type { ModelDescription } from '../../../shared/model'
import { corruptionsOf } from '../steps/corruption'
import { finetuneStep } from '../steps/finetuneStep'
import { reconstructionStep, type Step } from '../steps/reconstructionStep'

/** What of a dataset decides how much memory a run on it takes. */
export type DatasetSize = Pick<Dataset, 'shape' | 'targetShape' | 'classes' | 'n'>

/** Memory of one phase of a run, over all processes that work on it at once, in bytes. */
export interface PhaseNeed {
  phase: Phase
  /** Processes at once. */
  processes: number
  /** Of each process: the program and its engine, images, weights with all that is carried along, one batch. */
  program: number
  images: number
  weights: number
  batch: number
  /** Of all processes. */
  total: number
}

/**
 * Measured (`test/unit/training/memoryNeed.test.ts` holds them): a trainer before it has any data; and how often what is
 * carried from step to step, the parameters with the optimiser's memory, is there at once: handed in, carried by the
 * engine, handed back, kept as the epoch before, and on its way to the disk.
 */
const programBytes = 125e6
const carriedCopies = 7
/** The engine keeps what it has freed for the next values of that size, and is fed several steps at once. */
const batchCopies = 2
/** Images in one run of an evaluation. */
const evaluated = 500

const float = 4
const bytesOf = (shapes: Iterable<readonly number[]>): number => {
  let total = 0
  for (const shape of shapes) total += float * sizeOf(shape)
  return total
}

const ranges = { x: { low: 0, high: 1 }, y: { low: 0, high: 1 } }

/** The most that a run needs at once, by phases. @param cores models of a classifier that are trained at once */
export function memoryNeed(spec: RunSpec, dataset: DatasetSize, cores: number): PhaseNeed[] {
  const inputs = dataset.shape[0] * dataset.shape[1]
  const targets = dataset.targetShape === null ? null : dataset.targetShape[0] * dataset.targetShape[1]
  const description = describeModel(spec.model, inputs, targets)
  const pixels = inputs + (targets ?? 0)
  const classes = spec.classifier === undefined ? null : Math.max(2, dataset.classes?.length ?? 2)
  const { train, valid, test } = dataset.n
  const parameters = bytesOf(Object.values(parameterShapes(description)))
  const images = (count: number) => float * pixels * count
  const changed = spec.preprocess.contrast || spec.preprocess.center || spec.preprocess.whiten
  const whitening = spec.preprocess.whiten ? float * (inputs ** 2 + (targets ?? 0) ** 2) : 0
  const stages = modelKinds[spec.model.kind].stages(spec)

  const phases: PhaseNeed[] = []
  const add = (phase: Phase, processes: number, of: { images: number; weights: number; batch: number }) => {
    const each = { program: programBytes, ...of, images: of.images + whitening, batch: batchCopies * of.batch }
    phases.push({
      phase,
      processes,
      ...each,
      total: processes * (each.program + each.images + each.weights + each.batch),
    })
  }
  if (spec.preprocess.whiten) {
    const side = Math.max(inputs, targets ?? 0)
    // Covariance, its products, the eigenvectors and what the decomposition copies, in float64.
    add('whiten', 1, { images: images(train + valid) + images(train), weights: 0, batch: 8 * 8 * side ** 2 })
  }
  if (stages.includes('pretrain')) {
    const learn = classes === null ? train : Math.ceil(train / classes)
    const own = classes === null ? valid : Math.ceil(valid / classes)
    const copies = (changed || classes !== null ? learn : 0) + 2 * own
    const step = pretrainStep(spec, description, learn)
    const validation = lossPeak(spec, description, Math.min(evaluated, Math.max(1, own))) + parameters
    add('pretrain', classes === null ? 1 : Math.min(cores, classes), {
      images: images(train + valid) + images(copies),
      weights: carriedBytes(step) * carriedCopies,
      batch: Math.max(peakBytes(step.graph.graph), validation),
    })
  }
  if (classes !== null && stages.includes('fit')) {
    const all = classes * parameters
    const terms = termPeak(spec, description, classes, Math.min(evaluated, train))
    const whole = images(train + valid) * (changed ? 2 : 1)
    const finetuned = spec.classifier?.finetune === 'all'
    const step = finetuned ? classifierStep(spec, description, classes, train) : null
    add('fit', 1, {
      images: whole,
      weights: step === null ? 3 * all : carriedBytes(step) * carriedCopies + 2 * all,
      batch: Math.max(terms, step === null ? 0 : peakBytes(step.graph.graph)),
    })
    add('evaluate', 1, { images: 2 * images(Math.max(valid, test)), weights: 3 * all, batch: terms })
  } else {
    add('evaluate', 1, {
      images: 2 * images(Math.max(valid, test)),
      weights: 2 * parameters,
      batch: lossPeak(spec, description, Math.min(evaluated, Math.max(valid, test, 1))),
    })
  }
  return phases
}

/** The phase that needs most. */
export const largestNeed = (phases: readonly PhaseNeed[]): PhaseNeed =>
  phases.reduce((most, one) => (one.total > most.total ? one : most))

const carriedBytes = ({ graph: { graph: steps, state } }: Step): number =>
  bytesOf(state.map((name) => steps.outputs[name].shape))

function pretrainStep(spec: RunSpec, description: ModelDescription, learn: number): Step {
  const batch = Math.min(spec.batchSize, learn)
  return reconstructionStep(description, spec, corruptionsOf(description.kind, spec.corruption, ranges), learn, batch)
}

function classifierStep(spec: RunSpec, description: ModelDescription, classes: number, train: number): Step {
  const { classifier } = spec
  if (classifier === undefined) throw new TypeError('a classifier is fine-tuned')
  const { x } = corruptionsOf(description.kind, classifier.corruption, ranges)
  const batch = Math.min(classifier.batchSize, train)
  return finetuneStep(description, classifier.energy, classes, classifier, x, train, batch)
}

function lossPeak(spec: RunSpec, description: ModelDescription, batch: number): number {
  const image = (name: string, width: number) => ({
    seen: input(`seen${name}`, [batch, width]),
    clean: input(name, [batch, width]),
  })
  const y = description.targets === null ? null : image('y', description.targets)
  const batches = { x: image('x', description.inputs), y }
  const loss = reconstructionLoss(description, weightInputs(description), batches, objectiveOf(spec.model))
  return peakBytes(graph({ loss }))
}

function termPeak(spec: RunSpec, description: ModelDescription, classes: number, batch: number): number {
  const models = Array.from({ length: classes }, (_, index) => weightInputs(description, classPrefix(index)))
  const energy = spec.classifier?.energy ?? 'conditional'
  const terms = classTerms(description, models, input('x', [batch, description.inputs]), energy)
  const outputs = Object.entries(terms).filter(([, node]) => node !== null)
  return peakBytes(graph(Object.fromEntries(outputs)))
}
