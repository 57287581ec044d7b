import { z } from 'zod'
import { bytesSchema, float32Schema } from './arrays'
import type { Device } from './devices'
import { errorDataSchema, type ErrorData, type ExitCode } from './errors'
import { imageShapeSchema, splitNameSchema } from './datasets'
import {
  mapSchema,
  slotsSchema,
  type FieldAnswer,
  type IntegrabilityAnswer,
  type PlaneAnswer,
  type TrajectoryAnswer,
} from './dynamics'
import type { GreyFrame } from './greyFrame'
import { modelKindSchema } from './kinds'
import type { SavedModelMetadata } from './model'
import type { ApplyAnswer, FiltersAnswer, InterpolateAnswer, MappingUnitAnswer } from './transformations'
import type { ClassScore, PairScore } from './scores'
import { viewOptionsSchema, type ModelView } from './views'

/** The point of a field: pixels before the run's preprocess, or after it (`prepared`), or a start in the model's own scale. */
const fieldSubjectSchema = z.object({
  /** Of the run, for what is said of it. */
  name: z.string(),
  class: z.int().nullable(),
  x: float32Schema,
  y: float32Schema.nullable(),
  slots: slotsSchema.nullable(),
  start: float32Schema.nullable(),
  prepared: z.boolean().optional(),
  /** Of y, where the run's dataset says it. */
  shape: imageShapeSchema.nullable(),
})

const walkSchema = z.object({ map: mapSchema, eps: z.number(), steps: z.int() })

const fieldCall = <Method extends string>(method: Method) =>
  z.object({ method: z.literal(method), checkpoint: z.string(), subject: fieldSubjectSchema })

/** The images that a plane is laid through, before the run's preprocess; pca: rows of y of a dataset file. */
const planeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('iterates') }),
  z.object({ kind: z.literal('images'), images: z.tuple([float32Schema, float32Schema, float32Schema]) }),
  z.object({ kind: z.literal('pca'), dataset: z.string(), split: splitNameSchema }),
])

/** Shapes of x and y where the run's dataset says them. */
const shapesSchema = z.object({ x: imageShapeSchema.nullable(), y: imageShapeSchema.nullable() })

const modelCall = <Method extends string>(method: Method) =>
  z.object({ method: z.literal(method), checkpoint: z.string(), class: z.int().nullable(), shapes: shapesSchema })

const imagePairSchema = z.object({ x: float32Schema, y: float32Schema })

const transformationCalls = [
  modelCall('filters'),
  modelCall('mappingUnit').extend({ unit: z.int(), count: z.int() }),
  modelCall('apply').extend({
    pair: imagePairSchema,
    to: z.array(float32Schema),
    truth: z.array(float32Schema).nullable(),
    steps: z.int(),
    restoreContrast: z.boolean(),
  }),
  modelCall('interpolate').extend({
    a: imagePairSchema,
    b: imagePairSchema,
    to: float32Schema,
    t: z.array(z.number()),
  }),
] as const
export type AnalystTransformationCall = z.infer<(typeof transformationCalls)[number]>

const fieldCalls = [
  fieldCall('field'),
  fieldCall('trajectory').extend({ walk: walkSchema }),
  /** `jacobian`: send it back too. */
  fieldCall('integrability').extend({ seed: z.int(), jacobian: z.boolean() }),
  fieldCall('plane').extend({
    walk: walkSchema,
    plane: planeSchema,
    n: z.int(),
    extent: z.number().nullable(),
  }),
] as const
export type AnalystFieldCall = z.infer<(typeof fieldCalls)[number]>

/**
 * Requests to the analyst child: each has an id and gets one answer. It decodes images, scores pairs and follows fields;
 * it keeps the last models warm.
 */
export const analystRequestSchema = z.object({
  id: z.int(),
  call: z.discriminatedUnion('method', [
    ...fieldCalls,
    ...transformationCalls,
    /** Reads header and pixels; refuses what is no image or over 100 megapixels. */
    z.object({ method: z.literal('inspectImage'), name: z.string(), bytes: bytesSchema }),
    /** The images of a file from number `from` on, in grey, as they are imported. */
    z.object({ method: z.literal('greyFrames'), name: z.string(), bytes: bytesSchema, from: z.int().nonnegative() }),
    /** As a model of [height, width] sees it: by default grey, cut at the centre to its aspect, area-averaged, [0,1]. */
    z.object({
      method: z.literal('viewImage'),
      name: z.string(),
      bytes: bytesSchema,
      shape: z.tuple([z.int().positive(), z.int().positive()]),
      options: viewOptionsSchema.prefault({}),
    }),
    /**
     * Scores N pairs: x [N, Dx], y [N, Dy] or null, pixels before the run's preprocess, or after it (`prepared`).
     * Without a class, one image is scored by the model of the class that a classifier predicts, and several by none.
     */
    z.object({
      method: z.literal('score'),
      checkpoint: z.string(),
      class: z.int().nullable(),
      x: float32Schema,
      y: float32Schema.nullable(),
      /** Compares energies within the set. */
      gain: z.boolean(),
      prepared: z.boolean().optional(),
      /** Compares one pair with others at the same x: y' [M, Dy]; for a model of one image x' [M, Dx]. */
      others: float32Schema.nullable().default(null),
    }),
    /** Opens and tests one engine and device (compute/probe); best asked of a process of its own, which it may end. */
    z.object({ method: z.literal('probe'), engine: z.string(), device: z.string() }),
    /** Reads an .npz of weights and writes them as a checkpoint into a folder. */
    z.object({
      method: z.literal('importWeights'),
      file: z.string(),
      bytes: bytesSchema,
      kind: modelKindSchema.nullable(),
      folder: z.string(),
    }),
    /** The weights of a checkpoint as an .npz, with the names of its classes. */
    z.object({
      method: z.literal('exportWeights'),
      checkpoint: z.string(),
      classes: z.array(z.string()).nullable(),
    }),
    /** Mean of E(y'|x) over others of a set, for its rows from `from` on: x [rows, Dx] of them, y [N, Dy] of all. */
    z.object({
      method: z.literal('meansOfOthers'),
      checkpoint: z.string(),
      from: z.int().nonnegative(),
      x: float32Schema,
      y: float32Schema,
    }),
  ]),
})
/** Ends the request of that id early: it is answered by CANCELLED. */
export const analystCancelSchema = z.object({ cancel: z.int() })
export type AnalystCancel = z.infer<typeof analystCancelSchema>

export type AnalystRequest = z.infer<typeof analystRequestSchema>
export type AnalystCall = AnalystRequest['call']
/** A call as it is asked for: defaults may be left out. */
export type AnalystCallInput = z.input<typeof analystRequestSchema>['call']

export const isFieldCall = (call: AnalystCall): call is AnalystFieldCall => 'subject' in call
export const isTransformationCall = (call: AnalystCall): call is AnalystTransformationCall => 'shapes' in call

export interface ImageFacts {
  width: number
  height: number
  format: string
}

export interface ScoreAnswer {
  kind: string
  classes: number | null
  /** Class whose model scored the pairs; null for a model that is no classifier. */
  class: number | null
  /** null where a classifier was given several images and no class. */
  pairs: PairScore[] | null
  classScores: ClassScore[] | null
  /** Of each image under the model of its predicted class, where a classifier was given several and no class. */
  reconstructionErrors: PairScore['reconstructionError'][] | null
  /** How many others a gain compares with, and how many have a lower energy; null where none were given. */
  compared: { n: number; below: number } | null
}

export interface AnalystAnswers {
  inspectImage: ImageFacts
  viewImage: ModelView
  /** `next`: the number of the first image that is still to be asked for; null at the end. */
  greyFrames: { frames: GreyFrame[]; next: number | null }
  score: ScoreAnswer
  probe: Device
  importWeights: {
    checkpoint: { path: string; sha256: string; bytes: number }
    model: SavedModelMetadata
    /** What the file did not say and was taken for granted. */
    assumed: string[]
  }
  exportWeights: Uint8Array
  /** [rows]; null where the model has no energy. */
  meansOfOthers: Float64Array | null
  field: FieldAnswer
  trajectory: TrajectoryAnswer
  integrability: IntegrabilityAnswer & { jacobian: Float64Array | null }
  plane: PlaneAnswer
  filters: FiltersAnswer
  mappingUnit: MappingUnitAnswer
  apply: ApplyAnswer
  interpolate: InterpolateAnswer
}

/** An answer as it comes; its value is for whoever asked. */
export const analystResponseSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: errorDataSchema, exit: z.literal([1, 2, 130]) }),
])

export type AnalystResponse =
  | { id: number; ok: true; value: AnalystAnswers[keyof AnalystAnswers] }
  | { id: number; ok: false; error: ErrorData; exit: ExitCode }
