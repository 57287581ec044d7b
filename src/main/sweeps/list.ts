import type { RunSpec } from '../../shared/spec/schema'
import type { Rung } from '../../shared/sweeps'
import { whyAnew } from './halving'
import type { Setting } from './settings'

/** A run that a sweep makes. */
export interface PlannedRun {
  name: string
  /** From 1. */
  setting: number
  /** From 1. */
  rung: number
  seed: number
  settings: Record<string, unknown>
  spec: RunSpec
  /** From the run of the same setting and seed on the rung before. */
  goesOn: boolean
}

/** `lr-12-s3`: setting 12, seed 3; of a halving also the epochs: `lr-12-s3-e100`. */
export const runName = (sweep: string, setting: number, seed: number, epochs: number | null): string =>
  `${sweep}-${setting}-s${seed}${epochs === null ? '' : `-e${epochs}`}`

/**
 * The runs of a rung, setting by setting, each with every seed.
 * @param chosen numbers of its settings, from 1
 */
export function runsOf(
  sweep: { name: string; seeds: readonly number[]; rungs: readonly Rung[] },
  settings: readonly Setting[],
  chosen: readonly number[],
  rung: number,
): PlannedRun[] {
  const epochs = sweep.rungs[rung - 1]?.epochs ?? null
  return chosen.flatMap((setting) => {
    const found = settings[setting - 1]
    if (found === undefined) return []
    return sweep.seeds.map((seed) => ({
      name: runName(sweep.name, setting, seed, epochs),
      setting,
      rung,
      seed,
      settings: found.settings,
      spec: { ...found.spec, seed, ...(epochs === null ? {} : { epochs }) },
      goesOn: rung > 1 && whyAnew(found.spec) === null,
    }))
  })
}
