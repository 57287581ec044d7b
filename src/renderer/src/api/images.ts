import type { StoredImage } from '../../../shared/scores'
import { api } from './client'
import { bytesOf } from './sourceFile'

/** Puts a file into the store of images, which gives it the SHA-256 by which links name it. */
export const putFile = async (file: File): Promise<StoredImage> =>
  api.images.put.mutate({ name: file.name, bytes: await bytesOf(file) })
