import { z } from 'zod'
import type { ErrorData } from './errors'
import type { Evaluation, RunStatus } from './runs'
import { nameSchema } from './spec/schema'

/** The most settings and seeds that one sweep may have. */
export const mostSettings = 10_000
const mostSeeds = 1000
/** And the most runs: settings times seeds. */
export const mostRuns = 20_000

const seedSchema = z.int().min(0).max(4_294_967_295)

/** Names end in the number of a run, so they are shorter than those of runs. */
export const sweepNameSchema = nameSchema.max(90, 'at most 90 characters')

/** From one end to the other, both among its values; log: in equal ratios. */
export const rangeSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  scale: z.enum(['linear', 'log']).default('linear'),
})
export type Range = z.infer<typeof rangeSchema>

export const axisSchema = z.union([z.array(z.json()).min(1, 'an axis needs a value').max(1000), rangeSchema], {
  error: 'a list of values, or {"from": a, "to": b, "scale": "linear" | "log"}',
})
export type Axis = z.infer<typeof axisSchema>
export type Axes = Record<string, Axis>

/** Epochs of each rung of a halving: after each, the best quarter goes on. */
const halvingSchema = z.strictObject({
  epochs: z
    .array(z.int().min(1).max(1_000_000))
    .min(2, 'two numbers of epochs or more: short runs first, then longer ones')
    .max(10)
    .refine((list) => list.every((epochs, at) => at === 0 || epochs > (list[at - 1] ?? 0)), {
      error: 'each number of epochs is higher than the one before',
    }),
})

const axesNeeded = 'axes by key of the spec, {"epochs": [10, 20]}; {} trains the base with every seed'

/** A sweep as a user writes it: space, method, seeds, budget. */
export const sweepSpecSchema = z.strictObject({
  /** Absent: made of what the spec says. */
  name: sweepNameSchema.optional(),
  /** A run spec, or `{"preset": NAME}`; either may name the dataset. */
  base: z.record(z.string(), z.unknown(), { error: 'a run spec, or {"preset": NAME}' }),
  dataset: nameSchema.optional(),
  axes: z
    .record(z.string().min(1).max(200), axisSchema, {
      error: ({ code }) => (code === 'invalid_type' ? axesNeeded : undefined),
    })
    .refine((axes) => Object.keys(axes).length <= 30, { error: 'at most 30 axes' }),
  method: z.enum(['grid', 'random']).default('grid'),
  /** How many settings; each is trained with every seed. Of a grid all, where absent. */
  runs: z.int().min(1).max(mostSettings).optional(),
  /** Absent: the base's own. */
  seeds: z
    .array(seedSchema)
    .min(1, 'a seed is needed')
    .max(mostSeeds)
    .refine((seeds) => new Set(seeds).size === seeds.length, { error: 'a seed stands there twice' })
    .optional(),
  /** Of the sequence of method random. */
  seed: seedSchema.default(1),
  halving: halvingSchema.nullable().default(null),
})
export type SweepSpec = z.output<typeof sweepSpecSchema>
export type SweepSpecInput = z.input<typeof sweepSpecSchema>

/** A name, an id, or a unique prefix of an id. */
const reference = z.string().min(1).max(200)

/** How many runs are told: a window shows the first ones of a long list. What is told beside them is of the whole. */
const limit = z.int().min(1).max(mostRuns).optional()
export const sweepQuerySchema = z.strictObject({ sweep: reference, limit })
export type SweepQuery = z.infer<typeof sweepQuerySchema>
export const sweepRequestSchema = z.strictObject({ spec: z.unknown(), limit })
export type SweepRequest = z.infer<typeof sweepRequestSchema>

/** A rung of a halving; a sweep without one has a single rung. */
export interface Rung {
  /** Null: as each setting says. */
  epochs: number | null
  /** How many settings it takes. */
  settings: number
  /** Why its runs begin anew and go on from no checkpoint; null where they go on, and of the first rung. */
  anew: string | null
}

/** A run of a sweep, made or still to be made. */
export interface SweepRun {
  /** Null: not made yet, or deleted for good. */
  run: string | null
  name: string
  /** Only what its axes set: {"optimizer.learningRate": 0.01} */
  settings: Record<string, unknown>
  seed: number
  /** Number of the setting, from 1. */
  setting: number
  /** From 1. */
  rung: number
  /** Most epochs of its models. */
  epochs: number
  status: RunStatus | 'missing'
  valid: Evaluation | null
  test: Evaluation | null
  error: ErrorData | null
}

export interface MeanAndDeviation {
  mean: number
  /** With n - 1; null for one. */
  std: number | null
}

/** The best setting by the mean over seeds on validation data. */
export interface BestSetting {
  settings: Record<string, unknown>
  setting: number
  /** Runs that the mean is of. */
  n: number
  /** Measure that it is the best by. */
  by: 'valid.error' | 'valid.loss'
  /** Settings that it is the best of. */
  of: number
  valid: { error: MeanAndDeviation | null; nll: MeanAndDeviation | null; loss: MeanAndDeviation | null }
  runs: string[]
}

/** What a list of runs will cost. */
export interface SweepCost {
  /** Seconds by finished runs like them, so many at once; null: no run like one of them has finished here. */
  seconds: number | null
  slots: number
  /** Runs of which the time is not known. */
  unknown: number
}

export interface SweepProgress {
  done: number
  running: number
  queued: number
  /** Cancelled, interrupted or deleted; and of a halving what cannot be made without them. */
  missing: number
  failed: number
  of: number
  /** Share of all epochs that is trained, 0..1. */
  fraction: number
}

export interface SweepDetail {
  /** Null: not made yet. */
  sweep: string | null
  name: string
  created: string | null
  spec: SweepSpec
  dataset: string
  /** In their order; of later rungs those that are made. */
  runs: SweepRun[]
  rungs: Rung[]
  progress: SweepProgress
  best: BestSetting | null
  /** What is to be said of the list and of the best. */
  notices: string[]
}

/** A line of the list of sweeps. */
export type SweepSummary = Omit<SweepDetail, 'runs'> & { sweep: string; created: string }

/** What a spec would make. */
export interface SweepPlan extends SweepDetail {
  /** Of the first rung: how many there are, and how many are still to be made. */
  count: { runs: number; missing: number }
  cost: SweepCost
}
