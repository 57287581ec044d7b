import { z } from 'zod'
import { bytesSchema, float32Schema } from './arrays'
import type { DeviceReport } from './devices'
import type { ClassScore, PairScore } from './scores'
import { viewOptionsSchema, type ModelView } from './views'

/**
 * Requests to the analyst child: each has an id and gets one answer. It decodes images and scores pairs; it keeps the
 * last models warm.
 */
export const analystRequestSchema = z.object({
  id: z.int(),
  call: z.discriminatedUnion('method', [
    /** Reads header and pixels; refuses what is no image or over 100 megapixels. */
    z.object({ method: z.literal('inspectImage'), name: z.string(), bytes: bytesSchema }),
    /** As a model of [height, width] sees it: by default grey, cut at the centre to its aspect, area-averaged, [0,1]. */
    z.object({
      method: z.literal('viewImage'),
      name: z.string(),
      bytes: bytesSchema,
      shape: z.tuple([z.int().positive(), z.int().positive()]),
      options: viewOptionsSchema.prefault({}),
    }),
    /**
     * Scores N pairs: x [N, Dx], y [N, Dy] or null, as the model sees them (before the run's preprocess). Without a
     * class, one image is scored by the model of the class that a classifier predicts, and several by none.
     */
    z.object({
      method: z.literal('score'),
      checkpoint: z.string(),
      class: z.int().nullable(),
      x: float32Schema,
      y: float32Schema.nullable(),
      /** Compares energies within the set. */
      gain: z.boolean(),
      /** Compares one pair with others at the same x: y' [M, Dy]; for a model of one image x' [M, Dx]. */
      others: float32Schema.nullable().default(null),
    }),
    /** Engines and devices of this machine, each self-tested (compute/discover). */
    z.object({ method: z.literal('devices') }),
  ]),
})
export type AnalystRequest = z.infer<typeof analystRequestSchema>
export type AnalystCall = AnalystRequest['call']
/** A call as it is asked for: defaults may be left out. */
export type AnalystCallInput = z.input<typeof analystRequestSchema>['call']

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
  /** How many others a gain compares with, and how many have a lower energy; null where none were given. */
  compared: { n: number; below: number } | null
}

export interface AnalystAnswers {
  inspectImage: ImageFacts
  viewImage: ModelView
  score: ScoreAnswer
  devices: DeviceReport
}

export type AnalystResponse =
  | { id: number; ok: true; value: AnalystAnswers[keyof AnalystAnswers] }
  | { id: number; ok: false; error: import('./errors').ErrorData }
