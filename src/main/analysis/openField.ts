import { availableParallelism } from 'node:os'
import { LRUCache } from 'lru-cache'
import type { AnalystFieldCall } from '../../shared/analyst'
import type { FieldSubject, Slots } from '../../shared/dynamics'
import { WorkbenchError } from '../../shared/errors'
import { kindOf, takesPairs } from '../../shared/kinds'
import { openBackend } from '../compute/backend'
import type { GraphCompiler } from '../compute/engine'
import { openDoubles } from '../compute/onnx/doubles'
import { referenceBackend } from '../compute/reference/backend'
import { fieldEnergy } from '../dynamics/fieldGraph'
import { FieldGraphs, movingPixels } from '../dynamics/fieldGraphs'
import { FieldModel, type FieldSource } from '../dynamics/fieldModel'
import { movedInwards } from '../dynamics/seededPaths'
import type { ModelDescription } from '../../shared/model'
import type { Examples } from '../models/examples'
import { hasEnergy, noEnergy } from '../models/noEnergy'
import { checkPixelRange } from '../models/pixelRange'
import type { Breathe } from '../models/batchedGraph'
import { type SavedModel } from '../saved/savedModel'
import { squareShape } from './squareShape'
import { asSeen, preparedExamples } from '../saved/seen'
import { weightsOfClass } from '../models/classWeights'

type Subject = AnalystFieldCall['subject']

/** A field in float64 with the point where it is looked at. */
export interface OpenField {
  compiler: GraphCompiler
  model: FieldModel
  /** The same field in float32, for many arrows. */
  drawn(): Promise<FieldModel>
  /** Where y starts, in the model's own scale [D]. */
  start: Float64Array
  /** The start where the force is finite: elsewhere than the start only with Bernoulli visibles. */
  inner: Float64Array
  subject: FieldSubject
}

/**
 * Energies and integrals below 1e-6 are noise in float32: what is shown as a number is computed in float64, by the
 * reference, or where that would take seconds by onnxruntime. Arrows are only drawn: float32 does.
 */
const compilers = {
  reference: () => Promise.resolve<GraphCompiler>(referenceBackend),
  doubles: once(() => Promise.resolve(openDoubles(availableParallelism()))),
  drawn: once(() => openBackend({ engine: 'onnx', device: 'cpu', threads: availableParallelism() })),
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null
  return () => (made ??= make())
}

/** Weights up to which the reference is quicker than a session is made. */
const fewWeights = 40_000
/** The graphs of the fields looked at last; requests about fields come one at a time: none loses what it works with. */
const compiled = new LRUCache<string, FieldGraphs>({ max: 4, dispose: (graphs) => void graphs.dispose() })

async function modelOf(which: keyof typeof compilers, source: FieldSource, breathe: Breathe) {
  const compiler = await compilers[which]()
  const { description, slots } = source
  const key = JSON.stringify([which, slots, description])
  const graphs = compiled.get(key) ?? new FieldGraphs(compiler, description, slots)
  if (!compiled.has(key)) compiled.set(key, graphs)
  return { compiler, model: new FieldModel(graphs, source, breathe) }
}

/** The field of a subject. @throws Y_NEEDED, SIZE_MISMATCH, SLOTS, CLASS_UNKNOWN, PIXELS_RANGE */
export async function openField(saved: SavedModel, subject: Subject, breathe: Breathe): Promise<OpenField> {
  const { description } = saved
  const modelClass = saved.classes === null ? null : (subject.class ?? 0)
  const slots = slotsOf(saved, subject.slots)
  const seen = await seenPair(saved, subject)
  const start = startOf(saved, subject, seen)
  const x = slots === 'both' ? start : seen.x
  const weights = weightsOfClass(saved, modelClass)
  const numbers = Object.values(weights).reduce((sum, { data }) => sum + data.length, 0)
  const source = { description, weights, slots, x }
  const exactStart = Float64Array.from(start)
  const { point, moved } = movedInwards(description.visible, exactStart)
  return {
    ...(await modelOf(numbers > fewWeights ? 'doubles' : 'reference', source, breathe)),
    drawn: async () => (await modelOf('drawn', source, breathe)).model,
    start: exactStart,
    inner: point,
    subject: {
      kind: description.kind,
      class: modelClass,
      slots,
      ...energyOf(description, slots, subject.name),
      shape: subject.shape ?? squareShape(movingPixels(description)),
      x,
      start,
      movedInwards: moved,
    },
  }
}

function energyOf(
  description: ModelDescription,
  slots: Slots,
  name: string,
): Pick<FieldSubject, 'energy' | 'noEnergy'> {
  if (!hasEnergy(description)) return { energy: null, noEnergy: noEnergy(name, description).toData() }
  return { energy: fieldEnergy(description, slots), noEnergy: null }
}

function slotsOf({ description }: SavedModel, asked: Slots | null): Slots {
  if (!takesPairs(description.kind)) return asked ?? 'both'
  if (asked !== 'both') return 'fixed'
  const message = `A ${kindOf(description.kind).title} (${description.kind}) of pairs holds x fixed: its two slots are two images`
  throw new WorkbenchError('SLOTS', message, { where: 'slots', remedy: 'Choose fixed.' })
}

/** x and y as the model sees them. */
async function seenPair(
  model: SavedModel,
  { x, y, prepared }: Subject,
): Promise<{ x: Float32Array; y: Float32Array | null }> {
  const { inputs, targets } = model.description
  const see = (examples: Examples) => (prepared === true ? preparedExamples(model, examples) : asSeen(model, examples))
  checkPixels('x', x, inputs)
  if (y !== null) checkPixels('y', y, targets ?? inputs)
  if (targets !== null) {
    if (y === null) {
      throw new WorkbenchError('Y_NEEDED', 'The field of a gated auto-encoder is that of a pair, y is missing', {
        where: 'y',
        remedy: 'Give a second image.',
      })
    }
    const { x: seenX, y: seenY } = await see({ n: 1, x, y })
    return { x: seenX, y: seenY }
  }
  const single = async (image: Float32Array) => (await see({ n: 1, x: image, y: null })).x
  return { x: await single(x), y: y === null ? null : await single(y) }
}

function startOf(
  { description }: SavedModel,
  { start }: Subject,
  seen: { x: Float32Array; y: Float32Array | null },
): Float32Array {
  if (start === null) return seen.y ?? seen.x
  checkPixels('start', start, movingPixels(description))
  checkPixelRange(description.visible, { start }, null)
  return start
}

function checkPixels(where: string, image: Float32Array, pixels: number): void {
  const { length } = image
  if (!image.every(Number.isFinite)) {
    throw new WorkbenchError('PIXELS_NOT_FINITE', 'A pixel is not a number', {
      where,
      remedy: 'Give an image whose pixels are all finite.',
    })
  }
  if (length === pixels) return
  throw new WorkbenchError('SIZE_MISMATCH', `${length} pixels, the model takes ${pixels}`, {
    where,
    remedy: "Give an image of the model's own size.",
  })
}
