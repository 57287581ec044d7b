import type { Phase, Progress } from '../../shared/runs'
import type { RunSpec } from '../../shared/spec/schema'

/** Seconds before an estimate is told: the first chunks warm the engine up. */
const measuring = 5

/** Relative costs of one image in one model: forward and backward, or forward alone. */
const trainCost = 3
const scoreCost = 1
/** Full-batch fits of biases and scales read every image once through every model; their own steps are small. */
const scalesCost = 2
/** Of whitening: its products, the eigenvectors, and the training images through it. */
const whitenCost = 2

interface Work {
  whiten: number
  pretrain: number
  fit: number
  evaluate: number
}

/** Work of each phase in images through one model, for progress over all phases. */
export function workOf(spec: RunSpec, classes: number, counts: { train: number; valid: number; test: number }): Work {
  const all = counts.train + counts.valid + counts.test
  const pretrain = trainCost * spec.epochs * counts.train
  const whiten = spec.preprocess.whiten ? whitenCost * counts.train : 0
  const { classifier } = spec
  if (classifier === undefined) return { whiten, pretrain, fit: 0, evaluate: scoreCost * all }
  const through = counts.train * classes
  const scales = scalesCost * through
  const fit = classifier.finetune === 'all' ? scales + trainCost * classifier.epochs * through : scales
  return { whiten, pretrain, fit, evaluate: scoreCost * classes * (counts.valid + counts.test) }
}

export interface Position {
  phase: Phase
  class: number | null
  epoch: number
  epochs: number
  step: number
  loss: number | null
  remark?: string | undefined
}

/** Turns the progress of single tasks into progress of the run: a share of all work and an estimate of the rest. */
export class ProgressMeter {
  readonly #shares = new Map<string, number>()
  readonly #total: number
  readonly #models: number
  readonly #began: number
  #startFraction: number | null = null

  constructor(
    private readonly work: Work,
    models: number,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.#models = models
    this.#total = work.whiten + work.pretrain + work.fit + work.evaluate
    this.#began = now()
  }

  /** A task that an earlier process finished. */
  skip(phase: Phase, modelClass: number | null): void {
    this.#shares.set(`${phase} ${modelClass}`, 1)
  }

  update(position: Position, share: number): Progress {
    this.#shares.set(`${position.phase} ${position.class}`, share)
    const fraction = this.fraction()
    this.#startFraction ??= fraction
    const t = this.now() - this.#began
    const gained = fraction - this.#startFraction
    const eta = t < measuring || gained <= 0 ? null : ((1 - fraction) * t) / gained
    return { t, ...position, fraction, eta }
  }

  fraction(): number {
    let done = 0
    for (const [key, share] of this.#shares) {
      const phase = key.split(' ')[0] as Phase
      done += (share * this.work[phase]) / (phase === 'pretrain' ? this.#models : 1)
    }
    return this.#total === 0 ? 0 : Math.min(1, done / this.#total)
  }
}
