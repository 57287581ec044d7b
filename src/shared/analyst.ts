import { z } from 'zod'
import { bytesSchema, float32Schema } from './arrays'
import type { DeviceReport } from './devices'
import type { ClassScore, ModelView, PairScore } from './scores'

/**
 * Requests to the analyst child: each has an id and gets one answer. It decodes images and scores pairs; it keeps the
 * last models warm.
 */
export const analystRequestSchema = z.object({
  id: z.int(),
  call: z.discriminatedUnion('method', [
    /** Reads header and pixels; refuses what is no image or over 100 megapixels. */
    z.object({ method: z.literal('inspectImage'), name: z.string(), bytes: bytesSchema }),
    /** Grey, centre crop to the model's aspect, area-averaged to [height, width], [0,1]. */
    z.object({
      method: z.literal('viewImage'),
      name: z.string(),
      bytes: bytesSchema,
      shape: z.tuple([z.int().positive(), z.int().positive()]),
    }),
    /** Scores N pairs: x [N, Dx], y [N, Dy] or null, as the model sees them (before the run's preprocess). */
    z.object({
      method: z.literal('score'),
      checkpoint: z.string(),
      class: z.int().nullable(),
      x: float32Schema,
      y: float32Schema.nullable(),
      gain: z.boolean(),
    }),
    /** Engines and devices of this machine, each self-tested (compute/discover). */
    z.object({ method: z.literal('devices') }),
  ]),
})
export type AnalystRequest = z.infer<typeof analystRequestSchema>
export type AnalystCall = AnalystRequest['call']

export interface ImageFacts {
  width: number
  height: number
  format: string
}

export interface ScoreAnswer {
  kind: string
  classes: number | null
  pairs: PairScore[] | null
  classScores: ClassScore[] | null
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
