import { z } from 'zod'

/** How an image file becomes a model's input: each step that a user may choose, with its default. */
export const viewOptionsSchema = z.strictObject({
  /** Of a colour image: luma (ITU-R Rec. 601), or one channel. */
  channel: z.enum(['luma', 'red', 'green', 'blue']).default('luma'),
  /** What lies behind transparent pixels, and beside an image that is fitted. */
  background: z.enum(['black', 'white']).default('black'),
  /** crop: the largest centred part of the model's aspect; fit: all of it, with the background beside. */
  frame: z.enum(['crop', 'fit']).default('crop'),
  /** area: mean over each pixel's area; nearest: the pixel at its middle. */
  resampling: z.enum(['area', 'nearest']).default('area'),
  /** 1 - v, the last step. */
  invert: z.boolean().default(false),
})
export type ViewOptions = z.infer<typeof viewOptionsSchema>

export const defaultViewOptions: ViewOptions = viewOptionsSchema.parse({})

/** What can be chosen for an image: a step that changes nothing is left out. */
export interface ViewSteps {
  /** It has colours. */
  channel: boolean
  /** It has transparent pixels, or is fitted and leaves room. */
  background: boolean
  /** Its aspect differs from the model's. */
  frame: boolean
  /** Its size differs from the model's. */
  resampling: boolean
}

/** How an image became a model input, step by step, in words: "RGB 640x480 > luma > crop > 28x28 area > [0,1]". */
export interface ModelView {
  recipe: string[]
  options: ViewOptions
  steps: ViewSteps
  /** [height, width] of the model's input. */
  shape: [number, number]
  pixels: Float32Array
}

/** A small picture of what a model saw: bytes of [0, 1]. */
export interface Thumbnail {
  shape: [number, number]
  pixels: Uint8Array
}
