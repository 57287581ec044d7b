import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import { trainingMetadataSchema, type TrainingMetadata } from '../../shared/model'
import { ownKeys } from '../../shared/spec/read'
import { runSpecSchema, type RunSpec } from '../../shared/spec/schema'
import type { CheckpointInfo } from '../../shared/trainer'
import type { Tensor, Tensors } from '../compute/tensor'
import { loadModel, storeModel, type SavedModel } from './savedModel'
import { writeContentFile } from '../store/contentFile'
import { checkIntact } from '../store/intactFile'
import { decodeSafetensors, safetensorsParts, type SafetensorsTensor } from '../store/safetensors'
import type { WeightArray } from '../models/weightArray'

/** Names of what is carried from step to step, apart from the weights to score with. */
const carriedPrefix = 'carried/'

/**
 * A checkpoint: the weights to score with, best so far or last, under their names of the weight file; and where training
 * stands, so that it can go on as if it had never stopped. A model that was imported has the first part alone.
 */
export interface Checkpoint {
  model: SavedModel
  training: TrainingMetadata | null
  /** Parameters and the optimiser's memory of the last step; empty once finished, unless a longer training may go on. */
  carried: Tensors
  spec: RunSpec | null
}

const f32 = ({ shape, data }: WeightArray): SafetensorsTensor => ({ dtype: 'F32', shape: [...shape], data })

function stored(name: string, { dtype, shape, data }: Tensor): SafetensorsTensor {
  if (dtype === 'float32') return { dtype: 'F32', shape: [...shape], data }
  if (dtype === 'float64') return { dtype: 'F64', shape: [...shape], data }
  throw new TypeError(`${name} is ${dtype}: weights are floats`)
}

/** Writes `<sha256>.safetensors`. */
export async function writeCheckpoint(
  folder: string,
  { model, training, carried, spec }: Checkpoint,
): Promise<{ path: string; sha256: string; bytes: number }> {
  const { arrays, metadata } = storeModel(model)
  const tensors: Record<string, SafetensorsTensor> = {}
  for (const [name, array] of Object.entries(arrays)) tensors[name] = f32(array)
  for (const [name, tensor] of Object.entries(carried)) tensors[`${carriedPrefix}${name}`] = stored(name, tensor)
  const parts = safetensorsParts(tensors, {
    model: JSON.stringify(metadata),
    training: JSON.stringify(training),
    spec: JSON.stringify(spec),
  })
  return writeContentFile(folder, '.safetensors', parts)
}

/** Writes the checkpoint of a training and describes it to main. */
export async function writeTrainingCheckpoint(
  folder: string,
  checkpoint: Checkpoint & { training: TrainingMetadata },
): Promise<CheckpointInfo> {
  const { phase, class: modelClass, epoch, final } = checkpoint.training
  return { ...(await writeCheckpoint(folder, checkpoint)), phase, class: modelClass, epoch, final }
}

/** @throws CHECKPOINT_MISSING, SAFETENSORS_DAMAGED, CHECKPOINT_DAMAGED */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  await checkIntact(path, 'model')
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new WorkbenchError('CHECKPOINT_MISSING', 'The checkpoint cannot be read', {
      where: path,
      remedy: 'Restore the file from a copy, or train again.',
      exit: 1,
      cause,
    })
  }
  return parseCheckpoint(bytes, path)
}

/** @param where the file's name, for errors */
export function parseCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes, where)
  const arrays: Record<string, WeightArray> = {}
  const carried: Record<string, Tensor> = {}
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const isCarried = name.startsWith(carriedPrefix)
    if (data instanceof Float32Array) {
      if (isCarried) carried[name.slice(carriedPrefix.length)] = { dtype: 'float32', shape, data }
      else arrays[name] = { shape, data }
    } else if (data instanceof Float64Array && isCarried) {
      carried[name.slice(carriedPrefix.length)] = { dtype: 'float64', shape, data }
    } else throw damaged(where, `${name} is neither weights nor carried`)
  }
  const training = trainingMetadataSchema.nullable().safeParse(parseJson(metadata.training, where))
  if (!training.success) throw damaged(where, 'where the training stands is missing or wrong')
  const spec = runSpecSchema.nullable().safeParse(ownKeys(parseJson(metadata.spec, where)).spec)
  if (!spec.success) throw damaged(where, 'the spec is missing or wrong')
  const model = loadModel(arrays, parseJson(metadata.model, where), where)
  return { model, training: training.data, carried, spec: spec.data }
}

const damaged = (where: string, message: string): WorkbenchError =>
  new WorkbenchError('CHECKPOINT_DAMAGED', message, { where, remedy: 'Restore the file from a copy, or train again.' })

function parseJson(text: string | undefined, where: string): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    throw damaged(where, 'its description is no JSON')
  }
}
