import { z } from 'zod'
import { float32Schema } from './arrays'
import { splitNameSchema, type ImageShape } from './datasets'
import type { ErrorData } from './errors'
import type { EnergyKind } from './model'
import { viewOptionsSchema } from './views'
import type { ModelKind } from './kinds'

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'no SHA-256')

/**
 * An image of a request: SHA-256 of an uploaded one, with chosen steps of its view where they are not the usual ones, or
 * pixels in [0,1] at the model's size, before its preprocess.
 */
export const imageReferenceSchema = z.union([
  sha256Schema,
  z.strictObject({ sha256: sha256Schema, options: viewOptionsSchema }),
  float32Schema,
])
export type ImageReference = z.infer<typeof imageReferenceSchema>

/** A newer request with the same ticket cancels the older one (CANCELLED); `dynamics.cancel` cancels it by itself. */
export const ticketSchema = z.string().min(1).max(100)

/** Which model is asked. */
export const modelRequestSchema = z.strictObject({
  run: z.string().min(1).max(200),
  /** One class's model of a classifier; null: class 0. */
  class: z.int().nonnegative().nullable().default(null),
  ticket: ticketSchema.optional(),
})

/**
 * both: x = y, both slots move as one; the diagonal energy (models of one image). fixed: x is held while y moves; the
 * conditional energy E(y|x). An ae is the same in both.
 */
export const slotsSchema = z.enum(['both', 'fixed'])
export type Slots = z.infer<typeof slotsSchema>

/** A field F(y|x) = r(y|x) - y and the point where it is looked at. */
export const fieldRequestSchema = modelRequestSchema.extend({
  /** The image that a fixed slot holds. */
  x: imageReferenceSchema,
  /** Where y starts; null: at x (models of one image). A gae needs it. */
  y: imageReferenceSchema.nullable().default(null),
  /** null: fixed for a gae, both for models of one image. */
  slots: slotsSchema.nullable().default(null),
  /** Start in the model's own scale [D], in place of y: a point that was dragged on a plane. */
  start: float32Schema.nullable().default(null),
  /** Whether x and y are pixels after the run's preprocess. */
  prepared: z.boolean().optional(),
})
export type FieldRequest = z.input<typeof fieldRequestSchema>

/** step: y ← r(y|x). relaxed: y ← y + eps F. flow: dy/dt = F, points eps apart in time. */
export const mapSchema = z.enum(['step', 'relaxed', 'flow'])
export type TrajectoryMap = z.infer<typeof mapSchema>

const walk = {
  map: mapSchema.default('step'),
  /** Step size of `relaxed`, time between points of `flow`; not read by `step`. */
  eps: z.number().gt(0).max(10).default(0.1),
  steps: z.int().min(0).max(1000).default(5),
}

export const trajectoryRequestSchema = fieldRequestSchema.extend(walk)
export type TrajectoryRequest = z.input<typeof trajectoryRequestSchema>

export const integrabilityRequestSchema = fieldRequestSchema.extend({
  /** Draws the loop and the paths. */
  seed: z.int().min(0).max(4_294_967_295).default(1),
})
export type IntegrabilityRequest = z.input<typeof integrabilityRequestSchema>

/** iterates: through y, r(y), r(r(y)). images: through three images. pca: through y along the data's first two components. */
export const planeChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('iterates') }),
  z.strictObject({
    kind: z.literal('images'),
    images: z.tuple([imageReferenceSchema, imageReferenceSchema, imageReferenceSchema]),
  }),
  z.strictObject({ kind: z.literal('pca'), split: splitNameSchema.default('train') }),
])
export type PlaneChoice = z.infer<typeof planeChoiceSchema>

export const planeRequestSchema = fieldRequestSchema.extend({
  ...walk,
  plane: planeChoiceSchema,
  /** Points of the grid along each axis. */
  n: z.int().min(2).max(61).default(21),
  /** Half the width of the grid; null: what the anchors and the trajectory need. */
  extent: z.number().gt(0).max(1e6).nullable().default(null),
})
export type PlaneRequest = z.input<typeof planeRequestSchema>

/** What every answer says of its subject. */
export interface FieldSubject {
  kind: ModelKind
  /** Whose model, of a classifier. */
  class: number | null
  slots: Slots
  /** The energy that the field is the gradient of; null where it has none, `noEnergy` then says why. */
  energy: 'yGivenX' | EnergyKind | null
  noEnergy: ErrorData | null
  /** [height, width] of y; null where an imported model's pixels are no square. */
  shape: ImageShape | null
  /** The held image and the start in the model's own scale. x is the start itself where both slots move. */
  x: Float32Array
  start: Float32Array
  /**
   * Pixels of the start that were moved to [0.01, 0.99] where logit(y) is taken (forces, Jacobians and integrals of Bernoulli
   * visibles); 0 with Gaussian ones.
   */
  movedInwards: number
}

export interface FieldAnswer extends FieldSubject {
  /** r(y|x) and F = r - y at the start, [D]. */
  reconstruction: Float64Array
  field: Float64Array
  /** The energy's gradient [D]: F; with Bernoulli visibles a(y|x) - logit(y), at the start moved inwards. */
  force: Float64Array
  /** ‖F‖ */
  norm: number
  energyAtStart: number | null
}

/**
 * Why a trajectory ended early. NO_MAXIMUM: the energy rises without end; STEP_TOO_LONG: the steps overshoot, which says
 * nothing of the energy; LEFT_RANGE: a step left [0,1], where Bernoulli visibles have an energy; RUNS_OFF: a model without an
 * energy.
 */
export interface Stopped {
  code: 'NO_MAXIMUM' | 'STEP_TOO_LONG' | 'LEFT_RANGE' | 'RUNS_OFF'
  message: string
  /** The step that was not taken. */
  step: number
}

export interface Trajectory {
  /** [N+1, D], the start first; fewer rows where it was stopped. */
  points: Float64Array
  /** [N+1] of the field's energy; null where it has none. */
  energies: Float64Array | null
  /** ‖r - y‖ [N+1] */
  norms: Float64Array
  /**
   * What each step must gain at least [N], promised with x held and for an ae: ε(1 - ε/2)‖F‖² (½‖F‖² of a unit step),
   * 2ε‖F‖² with Bernoulli visibles, 0 of a flow. null: with both slots moving nothing is promised.
   */
  promisedRise: Float64Array | null
  /** Whether every step kept the promise; null without one. */
  promiseKept: boolean | null
  stopped: Stopped | null
}

export interface TrajectoryAnswer extends FieldSubject, Trajectory {}

export type Verdict = 'pass' | 'fail' | 'undefined'

/** A row of the table "Integrability". */
export interface IntegrabilityCheck {
  /** Path in the CLI's document. */
  key: 'jacobianAsymmetry' | 'loopIntegralRelative' | 'pathIndependence.relative' | 'equivalence.maxAbs'
  value: number | null
  tolerance: number
  verdict: Verdict
  /** Why undefined, or what a failure means. */
  reason: string | null
}

export interface Equivalence {
  /** fcrbm: factored conditional RBM; crbm: covariance RBM; mcrbm: mean-covariance RBM; grbm, rbm: classical RBM of Gaussian, of 0/1 visibles. */
  model: 'fcrbm' | 'crbm' | 'mcrbm' | 'grbm' | 'rbm' | null
  /** Values of the RBM's hidden units: 0/1, -1/+1, Gaussian. */
  hidden: '0/1' | '-1/+1' | 'Gaussian' | null
  /** Largest |E + free energy - constant| over the start and the loop's other corners. */
  maxAbs: number | null
  /** Where undefined: the reason; else how the free energy was summed. */
  why: string
}

/** Of the force: r - y, with Bernoulli visibles a(y|x) - logit(y). */
export interface Integrability {
  /** ‖J - Jᵀ‖_F / ‖J‖_F at the start; null where J is too large to be computed, its check then says so */
  jacobianAsymmetry: number | null
  /** ∮F·dl round a seeded triangle through the start */
  loopIntegral: number
  /** of ∮|F·dl| */
  loopIntegralRelative: number
  pathIndependence: { pathA: number; pathB: number; energyDifference: number | null; relative: number }
  equivalence: Equivalence
  checks: IntegrabilityCheck[]
  /** With Bernoulli visibles, whose force is a(y|x) - logit(y): that r - y by itself is no gradient. */
  lesson: { jacobianAsymmetry: number | null; loopIntegralRelative: number; why: string } | null
  /** "conservative", "not conservative". */
  conclusion: string
}

export interface IntegrabilityAnswer extends FieldSubject, Integrability {}

/** A point that the plane was laid through: where it lies on it, and how far off. */
export interface PlaneAnchor {
  name: string
  at: [number, number]
  offPlane: number
}

/** Training images as they lie on a plane: a seeded draw of at most some hundreds. */
export interface PlaneTraining {
  /** [N, 2] */
  at: Float32Array
  /** [N]; null without classes. */
  labels: Int32Array | null
  /** Images that they were drawn from. */
  of: number
}

export interface PlaneAnswer extends FieldSubject {
  /** A point of the plane is origin + s axis₁ + t axis₂; the axes are orthonormal. Model scale; [D], [2, D]. */
  origin: Float64Array
  axes: Float64Array
  anchors: PlaneAnchor[]
  /** pca: share of the data's variance along each axis. */
  explained: [number, number] | null
  /** Null on planes of other kinds. */
  training: PlaneTraining | null
  /** Coordinates of the grid's columns (s) and rows (t), [n] each. */
  s: Float64Array
  t: Float64Array
  /** Arrows r - y at the grid, row by row (t), projected on the axes: [n, n, 2]. */
  arrows: Float32Array
  /** Full length ‖F‖ of each arrow, [n, n]. */
  norms: Float32Array
  /** Energy at the grid, [n, n]; NaN outside [0,1] with Bernoulli visibles; null where the field has none. */
  energies: Float32Array | null
  /** Σ‖projected F‖² / Σ‖F‖² over the grid, 0..1. */
  inPlaneShare: number
  trajectory: Omit<Trajectory, 'points'> & {
    /** Projected points [N+1, 2] and their distances from the plane [N+1]. */
    at: Float64Array
    offPlane: Float64Array
    /** [N+1, D] for the film strip. */
    points: Float32Array
  }
}

/** The poster's Figure 2 as requests: (a) both slots move, seen along the data's components; (b) conditioned on y. */
export const figure2 = {
  a: { plane: { kind: 'pca', split: 'train' }, slots: 'both', map: 'step' },
  b: { plane: { kind: 'iterates' }, slots: 'fixed', map: 'step' },
} as const
