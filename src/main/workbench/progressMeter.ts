import { kindOf } from '../../shared/kinds'
import type { Phase, Progress } from '../../shared/runs'
import type { RunSpec } from '../../shared/spec/schema'
import { coefficientShare } from '../training/fit/coefficientShare'
import { Pace } from './pace'

/** Seconds before an estimate is told: the first chunks warm the engine up. */
const measuring = 5

/**
 * Relative costs of one image in one model, so that the pace of one stage tells something of the next ones: forward and
 * backward; the energy terms, losses and scores of an evaluation; the full-batch fit of biases and scales; whitening.
 */
const costs = { train: 3, evaluate: 3, coefficients: 6, whiten: 2 } as const

/** In the order of a run. What `otherEnergy` does is not told of: it ends with the first word of the evaluation. */
const stages = ['whiten', 'pretrain', 'coefficients', 'finetune', 'otherEnergy', 'evaluate'] as const
type Stage = (typeof stages)[number]

/** Work of each stage, in images through one model. */
export type Work = Readonly<Record<Stage, number>>

export function workOf(spec: RunSpec, classes: number, counts: { train: number; valid: number; test: number }): Work {
  const all = counts.train + counts.valid + counts.test
  const pretrain = costs.train * spec.epochs * counts.train
  const whiten = spec.preprocess.whiten ? costs.whiten * counts.train : 0
  const { classifier } = spec
  if (classifier === undefined) {
    return { whiten, pretrain, coefficients: 0, finetune: 0, otherEnergy: 0, evaluate: costs.evaluate * all }
  }
  const through = counts.train * classes
  const coefficients = costs.coefficients * through
  return {
    whiten,
    pretrain,
    coefficients,
    finetune: classifier.finetune === 'all' ? costs.train * classifier.epochs * through : 0,
    otherEnergy: kindOf(spec.model.kind).gated ? coefficients : 0,
    evaluate: costs.evaluate * classes * (counts.valid + counts.test),
  }
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

/**
 * Turns the progress of single tasks into progress of the run: a share of all work, and an estimate of the rest by the
 * recent pace of the stage under way, stages to come by their cost.
 */
export class ProgressMeter {
  /** Shares of the models, by class. */
  readonly #shares = new Map<number | null, number>()
  readonly #pace = new Pace()
  readonly #began: number
  readonly #all: number
  #stage: Stage = 'whiten'
  /** When this process had its first word: it starts and compiles before. */
  #first: number | null = null

  constructor(
    private readonly work: Work,
    private readonly models: number,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.#began = now()
    this.#all = stages.reduce((sum, stage) => sum + work[stage], 0)
  }

  /** A model that has finished, in an earlier process or before its last epoch. */
  finish(phase: Phase, modelClass: number | null): void {
    if (phase === 'pretrain') this.#shares.set(modelClass, 1)
  }

  /** Share of the work that earlier processes did, before this one has a word. */
  fraction(): number {
    return this.#all === 0 ? 0 : (this.#doneOf('pretrain', 0) * this.work.pretrain) / this.#all
  }

  update(position: Position, share: number): Progress {
    const now = this.now()
    const { stage, done } = this.#stageOf(position.phase, share)
    if (stages.indexOf(stage) > stages.indexOf(this.#stage)) {
      this.#stage = stage
      this.#pace.next()
    }
    if (stage === 'pretrain') this.#shares.set(position.class, done)
    // A word that was overtaken by the next stage: its own is over.
    const here = (stage === this.#stage ? this.#doneOf(stage, done) : 1) * this.work[this.#stage]
    this.#pace.add(now, here)
    const all = this.#before() + here
    this.#first ??= now
    const pace = now - this.#first < measuring ? null : this.#pace.perUnit()
    const eta = pace === null ? null : (this.#all - all) * pace
    return { t: now - this.#began, ...position, fraction: this.#all === 0 ? 0 : all / this.#all, eta }
  }

  /** The fit of all weights begins with that of the coefficients. */
  #stageOf(phase: Phase, share: number): { stage: Stage; done: number } {
    if (phase !== 'fit') return { stage: phase, done: share }
    if (this.work.finetune === 0) return { stage: 'coefficients', done: share }
    if (share <= coefficientShare) return { stage: 'coefficients', done: share / coefficientShare }
    return { stage: 'finetune', done: (share - coefficientShare) / (1 - coefficientShare) }
  }

  #doneOf(stage: Stage, done: number): number {
    if (stage !== 'pretrain') return done
    return [...this.#shares.values()].reduce((sum, share) => sum + share, 0) / this.models
  }

  /** Work of the stages before the one under way. */
  #before(): number {
    return stages.slice(0, stages.indexOf(this.#stage)).reduce((sum, stage) => sum + this.work[stage], 0)
  }
}
