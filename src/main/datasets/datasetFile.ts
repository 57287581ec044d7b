import { z } from 'zod'
import { imageShapeSchema, splitNames, type ImageShape, type SplitName } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { writeContentFile, type ContentFile } from '../store/contentFile'
import { checkIntact } from '../store/intactFile'
import { safetensorsStream, type SafetensorsSource, type TensorData, type TensorPlace } from '../store/safetensors'
import { readLayout, readTensor, readTensorRange, readTensorRows } from '../store/safetensorsFile'

/** Pixels as they are kept: bytes mean value/255, floats mean themselves. */
export type Pixels = Uint8Array | Float32Array

/** Pixels that are fetched while they are written. */
export interface PixelStream {
  dtype: 'U8' | 'F32'
  rows: number
  /** All rows, in blocks of the dtype. */
  blocks(): AsyncIterable<Pixels>
}

/** Rows of one split: x [n, D]; y [n, D'] for pairs; labels [n] where there are classes; sources [n] of made images. */
export interface SplitContent {
  x: Pixels | PixelStream
  y: Pixels | PixelStream | null
  labels: Int32Array | null
  /** Numbers the images that they were made of: rows of one number are variations of one image. */
  sources?: Int32Array | null
}

export interface DatasetContent {
  kind: 'images' | 'pairs'
  shape: ImageShape
  targetShape: ImageShape | null
  /** Class names in label order. */
  classes: string[] | null
  splits: Record<SplitName, SplitContent>
}

interface DatasetFileInfo {
  kind: 'images' | 'pairs'
  shape: ImageShape
  targetShape: ImageShape | null
  classes: string[] | null
  n: Record<SplitName, number>
}

/** Rows as models see them before any preprocessing: x [n, D] and y [n, D'] as floats, bytes divided by 255. */
export interface SplitRows {
  n: number
  x: Float32Array
  y: Float32Array | null
  labels: Int32Array | null
}

export interface DatasetFile {
  info: DatasetFileInfo
  /** A whole split. */
  split(name: SplitName): Promise<SplitRows>
  /** Single rows in the order asked for, without reading the others. */
  rows(name: SplitName, indices: Iterable<number>): Promise<SplitRows>
  /** All rows of a split in their order, in blocks that are worked off within a frame. */
  blocks(name: SplitName): AsyncIterable<SplitRows>
  /** The pixels of x as they are kept. */
  pixels(name: SplitName): Promise<Pixels>
  /** The image that each row of a split was made of; null where the file does not say. */
  sources(name: SplitName): Promise<Int32Array | null>
  /** All labels of a split. */
  labels(name: SplitName): Promise<Int32Array | null>
}

const metadataSchema = z.object({
  kind: z.enum(['images', 'pairs']),
  shape: imageShapeSchema,
  targetShape: imageShapeSchema.nullable(),
  classes: z.array(z.string()).nullable(),
})

/** Pixels of a block: looked at within a frame. */
const blockPixels = 256 * 1024

const area = ([height, width]: ImageShape): number => height * width

/**
 * Writes `<sha256>.safetensors` into the folder: x_train, x_valid, x_test [n, D] (U8 or F32), y_* alike for pairs,
 * labels_* and, of made images, sources_* I32, and the shapes and classes as metadata.
 */
export function writeDatasetFile(folder: string, content: DatasetContent, signal?: AbortSignal): Promise<ContentFile> {
  const { kind, shape, targetShape, classes } = content
  const tensors: Record<string, SafetensorsSource> = {}
  for (const name of splitNames) {
    const { x, y, labels, sources } = content.splits[name]
    tensors[`x_${name}`] = pixelTensor(x, area(shape))
    if (y !== null && targetShape !== null) tensors[`y_${name}`] = pixelTensor(y, area(targetShape))
    if (labels !== null) tensors[`labels_${name}`] = { dtype: 'I32', shape: [labels.length], data: labels }
    if (sources) tensors[`sources_${name}`] = { dtype: 'I32', shape: [sources.length], data: sources }
  }
  const info = JSON.stringify({ kind, shape, targetShape, classes })
  return writeContentFile(folder, '.safetensors', safetensorsStream(tensors, { dataset: info }), signal)
}

function pixelTensor(pixels: Pixels | PixelStream, width: number): SafetensorsSource {
  if ('blocks' in pixels) return { dtype: pixels.dtype, shape: [pixels.rows, width], data: () => pixels.blocks() }
  return { dtype: pixels instanceof Uint8Array ? 'U8' : 'F32', shape: [pixels.length / width, width], data: pixels }
}

const byteValues = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)

/** Pixels as floats: a byte is divided by 255, a float is itself. */
export function pixelValues(data: TensorData): Float32Array {
  if (data instanceof Float32Array) return data
  const values = new Float32Array(data.length)
  for (let i = 0; i < values.length; i++) values[i] = byteValues[Number(data[i])]
  return values
}

/**
 * Opens a dataset file; uses its header only. No file stays open between calls.
 * @throws FILE_UNREADABLE, SAFETENSORS_DAMAGED, DATASET_DAMAGED
 */
export async function openDatasetFile(path: string): Promise<DatasetFile> {
  await checkIntact(path, 'dataset')
  const { places, metadata } = await readLayout(path)
  const parsed = metadataSchema.safeParse(parseJson(metadata.dataset))
  if (!parsed.success) throw datasetDamaged(path, 'its description is missing or wrong')
  const described = parsed.data
  const place = (prefix: 'x' | 'y' | 'labels' | 'sources', name: SplitName): TensorPlace | null =>
    places[`${prefix}_${name}`] ?? null
  const n = { train: 0, valid: 0, test: 0 }
  for (const name of splitNames) n[name] = checkedRows(path, described, name, place)

  const read = async (name: SplitName, take: (place: TensorPlace) => Promise<TensorData>): Promise<SplitRows> => {
    await checkIntact(path, 'dataset')
    const [xPlace, yPlace, labelPlace] = [place('x', name), place('y', name), place('labels', name)]
    const x = xPlace === null ? new Float32Array(0) : pixelValues(await take(xPlace))
    const y = yPlace === null ? null : pixelValues(await take(yPlace))
    const labels = labelPlace === null ? null : ((await take(labelPlace)) as Int32Array)
    return { n: x.length / area(described.shape), x, y, labels }
  }
  return {
    info: { ...described, n },
    split: (name) => read(name, (tensor) => readTensor(path, tensor)),
    rows: (name, indices) => {
      const rows = [...indices]
      return read(name, (tensor) => readTensorRows(path, tensor, rows))
    },
    async *blocks(name) {
      const width = area(described.shape) + (described.targetShape === null ? 0 : area(described.targetShape))
      const step = Math.max(1, Math.floor(blockPixels / width))
      for (let from = 0; from < n[name]; from += step) {
        const to = Math.min(n[name], from + step)
        yield await read(name, (tensor) => readTensorRange(path, tensor, from, to))
      }
    },
    pixels: async (name) => {
      const x = place('x', name)
      return x === null ? new Uint8Array(0) : ((await readTensor(path, x)) as Pixels)
    },
    sources: async (name) => {
      const sources = place('sources', name)
      return sources === null ? null : ((await readTensor(path, sources)) as Int32Array)
    },
    labels: async (name) => {
      const labels = place('labels', name)
      return labels === null ? null : ((await readTensor(path, labels)) as Int32Array)
    },
  }
}

const datasetDamaged = (path: string, message: string): WorkbenchError =>
  new WorkbenchError('DATASET_DAMAGED', `No dataset file: ${message}`, {
    where: path,
    remedy: 'Import or generate the dataset again.',
  })

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

/** Rows of a split, after its tensors are found to agree with the description. */
function checkedRows(
  path: string,
  described: z.infer<typeof metadataSchema>,
  name: SplitName,
  place: (prefix: 'x' | 'y' | 'labels' | 'sources', name: SplitName) => TensorPlace | null,
): number {
  const x = place('x', name)
  const pixels = (tensor: TensorPlace | null, shape: ImageShape, rows: number | undefined) =>
    tensor !== null &&
    (tensor.dtype === 'U8' || tensor.dtype === 'F32') &&
    tensor.shape.length === 2 &&
    tensor.shape[1] === area(shape) &&
    (rows === undefined || tensor.shape[0] === rows)
  if (!pixels(x, described.shape, undefined)) throw datasetDamaged(path, `x_${name} does not fit its description`)
  const rows = x?.shape[0] ?? 0
  if (described.kind === 'pairs' && !(described.targetShape && pixels(place('y', name), described.targetShape, rows))) {
    throw datasetDamaged(path, `y_${name} does not fit its description`)
  }
  const numbers = (tensor: TensorPlace | null) =>
    tensor !== null && tensor.dtype === 'I32' && tensor.shape.length === 1 && tensor.shape[0] === rows
  const labelled = numbers(place('labels', name))
  const sources = place('sources', name)
  if (sources !== null && !numbers(sources)) throw datasetDamaged(path, `sources_${name} does not fit its description`)
  if (labelled !== (described.classes !== null))
    throw datasetDamaged(path, `labels_${name} does not fit its description`)
  return rows
}
