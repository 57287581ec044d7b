import type { AnalystAnswers, AnalystTransformationCall } from '../../shared/analyst'
import type { ImageShape } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { ApplyAnswer, InterpolateAnswer } from '../../shared/transformations'
import { openBackend } from '../compute/backend'
import { between, correlation, Transformer, withContrastOf } from '../dynamics/apply'
import { filters, mappingUnit } from '../dynamics/filters'
import type { Breathe } from '../models/batchedGraph'
import { type SavedModel } from '../saved/savedModel'
import { squareShape } from './squareShape'
import { asSeen } from '../saved/seen'
import { weightsOfClass } from '../models/classWeights'

/** Single images: the reference computes them in no time, and no session has to be made. */
const exact = openBackend({ engine: 'reference', device: 'cpu', threads: 1 })

type Call<Method> = Extract<AnalystTransformationCall, { method: Method }>

/** What a request about a transformation asks for. */
export async function answerTransformation(
  model: SavedModel,
  call: AnalystTransformationCall,
  breathe: Breathe,
): Promise<AnalystAnswers[AnalystTransformationCall['method']]> {
  const { description } = model
  const modelClass = model.classes === null ? null : (call.class ?? 0)
  const weights = weightsOfClass(model, modelClass)
  const shapes = {
    x: call.shapes.x ?? squareShape(description.inputs),
    y: call.shapes.y ?? squareShape(description.targets ?? description.inputs),
  }
  if (call.method === 'filters') {
    return { class: modelClass, ...(await filters(description, weights, shapes, breathe)) }
  }
  if (call.method === 'mappingUnit') {
    return mappingUnit(description, weights, call.unit, call.count, shapes, breathe)
  }
  const transformer = await Transformer.open(await exact, description, weights)
  try {
    const header = { class: modelClass, shape: shapes.y }
    return call.method === 'apply'
      ? await applied(model, transformer, call, header, breathe)
      : await interpolated(model, transformer, call, header, breathe)
  } finally {
    await transformer.dispose()
  }
}

interface Header {
  class: number | null
  shape: ImageShape | null
}

/** Images of one slot after the run's preprocess. @throws SIZE_MISMATCH */
async function seen(model: SavedModel, slot: 'x' | 'y', image: Float32Array, where: string): Promise<Float32Array> {
  const { inputs, targets } = model.description
  const pixels = slot === 'x' ? inputs : (targets ?? inputs)
  if (image.length !== pixels) {
    throw new WorkbenchError('SIZE_MISMATCH', `${image.length} pixels, the model takes ${pixels}`, {
      where,
      remedy: "Give an image of the model's own size.",
    })
  }
  const other = new Float32Array(slot === 'x' ? (targets ?? inputs) : inputs)
  const both = await asSeen(model, slot === 'x' ? { n: 1, x: image, y: other } : { n: 1, x: other, y: image })
  return slot === 'x' ? both.x : (both.y ?? both.x)
}

const mappingOf = async (
  model: SavedModel,
  transformer: Transformer,
  pair: { x: Float32Array; y: Float32Array },
  name = '',
) => transformer.mapping(await seen(model, 'x', pair.x, `${name}x`), await seen(model, 'y', pair.y, `${name}y`))

/** A frame, which is in the scale of y, as the model would have seen it as x: with the contrast that the strip began with. */
function contrastAgain({ centre }: SavedModel, frame: Float64Array, start: Float64Array): Float64Array {
  if (centre === null) return withContrastOf(frame, start)
  const { x, y } = centre
  const whole = (image: Float64Array, mean: Float32Array | null) => image.map((value, i) => value + (mean?.[i] ?? 0))
  return withContrastOf(whole(frame, y), whole(start, x)).map((value, i) => value - x[i])
}

const flat = (images: readonly Float64Array[]): Float32Array => Float32Array.from(images.flatMap((image) => [...image]))

async function applied(
  model: SavedModel,
  transformer: Transformer,
  { pair, to, truth, steps, restoreContrast }: Call<'apply'>,
  header: Header,
  breathe: Breathe,
): Promise<ApplyAnswer> {
  if (truth !== null && truth.length !== to.length) {
    throw new WorkbenchError('SIZE_MISMATCH', `${to.length} images to transform and ${truth.length} truths`, {
      where: 'truth',
      remedy: 'Give one truth for each image.',
    })
  }
  const mapping = await mappingOf(model, transformer, pair)
  const { preprocess, whitening } = model
  const contrastRestored = restoreContrast && preprocess.contrast && whitening === null
  const strips: ApplyAnswer['strips'] = []
  for (const [index, image] of to.entries()) {
    const start = await seen(model, 'x', image, `to ${index}`)
    const origin = Float64Array.from(start)
    const next = (frame: Float64Array) => (contrastRestored ? contrastAgain(model, frame, origin) : frame)
    const frames = await transformer.strip(mapping, origin, steps, next)
    const target = truth?.[index]
    strips.push({
      to: start,
      frames: flat(frames),
      correlation:
        target === undefined
          ? null
          : correlation(frames[0], Float64Array.from(await seen(model, 'y', target, `truth ${index}`))),
    })
    await breathe()
  }
  return { ...header, mapping: Float32Array.from(mapping), contrastRestored, strips }
}

async function interpolated(
  model: SavedModel,
  transformer: Transformer,
  { a, b, to, t }: Call<'interpolate'>,
  header: Header,
  breathe: Breathe,
): Promise<InterpolateAnswer> {
  const [mappingA, mappingB] = [
    await mappingOf(model, transformer, a, 'a.'),
    await mappingOf(model, transformer, b, 'b.'),
  ]
  const image = await seen(model, 'x', to, 'to')
  const frames: Float64Array[] = []
  for (const share of t) {
    frames.push(await transformer.apply(between(mappingA, mappingB, share), Float64Array.from(image)))
    await breathe()
  }
  return {
    ...header,
    mappingA: Float32Array.from(mappingA),
    mappingB: Float32Array.from(mappingB),
    to: image,
    frames: flat(frames),
  }
}
