import { z } from 'zod'
import { bytesSchema } from '../../shared/arrays'
import { datasetRowSchema } from '../../shared/datasets'
import { sha256Schema, type StoredImage } from '../../shared/scores'
import { mutation, query, type ApiOf } from './acts'

/** As much as a dropped image file may weigh. */
const largestImage = 64 * 1024 * 1024

const file = z.strictObject({
  name: z.string().min(1).max(1024),
  bytes: bytesSchema.refine((bytes) => bytes.byteLength <= largestImage, 'an image file may have 64 MiB at most'),
})
export type ImageFile = z.output<typeof file>

export const images = {
  /** Keeps an uploaded image by its content; refuses what is no image. */
  put: mutation(file).gives<StoredImage>(),
  /** Keeps an image or a pair of a dataset, exactly. */
  take: mutation(datasetRowSchema).gives<{ x: StoredImage; y: StoredImage | null }>(),
  get: query(z.strictObject({ sha256: sha256Schema })).gives<{ image: StoredImage; bytes: Uint8Array }>(),
}

export type ImagesApi = ApiOf<typeof images>
