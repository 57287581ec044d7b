import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import type { CheckpointInfo } from '../../shared/trainer'
import type { Whitenings } from '../models/whitening'
import { takeWhitenings, whiteningArrays } from './whiteningArrays'
import { writeContentFile } from '../store/contentFile'
import { checkIntact } from '../store/intactFile'
import { decodeSafetensors, safetensorsParts, type SafetensorsTensor } from '../store/safetensors'

/** Writes `<sha256>.safetensors`, the whole of a finished `whiten` task. */
export async function writeWhitening(folder: string, whitening: Whitenings): Promise<CheckpointInfo> {
  const tensors: Record<string, SafetensorsTensor> = {}
  for (const [name, { shape, data }] of Object.entries(whiteningArrays(whitening))) {
    tensors[name] = { dtype: 'F32', shape: [...shape], data }
  }
  const written = await writeContentFile(folder, '.safetensors', safetensorsParts(tensors, {}))
  return { ...written, phase: 'whiten', class: null, epoch: 0, final: true }
}

/** @throws CHECKPOINT_MISSING, SAFETENSORS_DAMAGED, CHECKPOINT_DAMAGED */
export async function readWhitening(
  path: string,
  images: Pick<ModelDescription, 'inputs' | 'targets'>,
): Promise<Whitenings> {
  const failed = (code: string, message: string, cause?: unknown) =>
    new WorkbenchError(code, message, {
      where: path,
      remedy: 'Restore the file from a copy, or train again.',
      exit: 1,
      cause,
    })
  await checkIntact(path, 'model')
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw failed('CHECKPOINT_MISSING', "The run's whitening cannot be read", cause)
  })
  const { tensors } = decodeSafetensors(bytes, path)
  return takeWhitenings(images, (name, shape) => {
    const found = tensors[name]
    if (found?.data instanceof Float32Array && found.shape.join() === shape.join()) return found.data
    throw failed('CHECKPOINT_DAMAGED', `the array ${name} is missing or of another shape`)
  })
}
