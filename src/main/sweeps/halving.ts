import { modelKinds } from '../models/kinds/registry'
import type { RunSpec } from '../../shared/spec/schema'
import type { Rung, SweepSpec } from '../../shared/sweeps'

/** Of the settings of a rung, so many parts; the best one goes on. */
const parts = 4

/**
 * Why a longer run of a spec goes on from no checkpoint of the shorter one: it would end elsewhere than the same run made
 * alone. Null where it does. Early stopping goes on with its patience, and a classifier is fitted anew.
 */
export function whyAnew(spec: RunSpec): string | null {
  if (!modelKinds[spec.model.kind].stages(spec).includes('pretrain')) return `${spec.model.kind} has no epochs`
  if (spec.optimizer.schedule !== 'constant')
    return `optimizer.schedule ${spec.optimizer.schedule} depends on the length`
  return null
}

/** The rungs of a sweep, written before its first run starts. @param specs of its settings */
export function rungsOf({ halving }: Pick<SweepSpec, 'halving'>, specs: readonly RunSpec[]): Rung[] {
  if (halving === null) return [{ epochs: null, settings: specs.length, anew: null }]
  const reasons = new Set(specs.map(whyAnew))
  const anew =
    reasons.size === 1 ? ([...reasons][0] ?? null) : `some: ${[...reasons].filter((one) => one !== null).join('; ')}`
  let settings = specs.length
  return halving.epochs.map((epochs, rung) => {
    if (rung > 0) settings = Math.ceil(settings / parts)
    return { epochs, settings, anew: rung === 0 ? null : anew }
  })
}

/** A setting of a finished rung: its score, the lower the better; null where a run of it came to nothing. */
export interface Scored {
  setting: number
  score: number | null
}

/** Those that go on, best first; of equals the first of the list. */
export const promoted = (scored: readonly Scored[], keep: number): number[] =>
  scored
    .flatMap(({ setting, score }) => (score === null ? [] : [{ setting, score }]))
    .toSorted((a, b) => a.score - b.score || a.setting - b.setting)
    .slice(0, keep)
    .map(({ setting }) => setting)

/** Epochs that a rung's run trains itself. */
export const epochsOf = (spec: RunSpec, rungs: readonly Rung[], rung: number): number => {
  const whole = rungs[rung]?.epochs ?? spec.epochs
  const before = rung === 0 || whyAnew(spec) !== null ? 0 : (rungs[rung - 1]?.epochs ?? 0)
  return whole - before
}
