import type { AnalystFieldCall } from '../../shared/analyst'
import type { FieldSubject, Slots } from '../../shared/dynamics'
import { WorkbenchError } from '../../shared/errors'
import { openBackend, type Backend } from '../compute/backend'
import { FieldModel, movingPixels } from '../dynamics/fieldModel'
import { movedInwards } from '../dynamics/seededPaths'
import type { ModelDescription } from '../../shared/model'
import { noEnergy } from '../models/noEnergy'
import { checkPixelRange } from '../models/pixelRange'
import type { Breathe } from '../models/batchedGraph'
import { weightsOfClass, type SavedModel } from '../models/savedModel'
import { asSeen } from '../training/evaluate'
import { squareShape } from './squareShape'

type Subject = AnalystFieldCall['subject']

/** A field in float64 with the point where it is looked at. */
export interface OpenField {
  backend: Backend
  model: FieldModel
  /** Where y starts, in the model's own scale [D]. */
  start: Float64Array
  /** The start where the force is finite: elsewhere than the start only with Bernoulli visibles. */
  inner: Float64Array
  subject: FieldSubject
}

/** Energies and integrals below 1e-6 are noise in float32: what is shown as a number is computed by the reference. */
const exact = openBackend({ engine: 'reference', device: 'cpu', threads: 1 })

/** Opens the field of a subject; `use` ends before it is closed. @throws Y_NEEDED, SIZE_MISMATCH, SLOTS, CLASS_UNKNOWN */
export async function withField<Answer>(
  model: SavedModel,
  subject: Subject,
  breathe: Breathe,
  use: (field: OpenField) => Promise<Answer>,
): Promise<Answer> {
  const { description } = model
  const modelClass = model.classes === null ? null : (subject.class ?? 0)
  const slots = slotsOf(model, subject.slots)
  const seen = seenPair(model, subject)
  const start = startOf(model, subject, seen)
  const x = slots === 'both' ? start : seen.x
  const backend = await exact
  const source = { description, weights: weightsOfClass(model, modelClass), slots, x }
  const field = new FieldModel(backend, source, breathe)
  const exactStart = Float64Array.from(start)
  const { point, moved } = movedInwards(description.visible, exactStart)
  try {
    return await use({
      backend,
      model: field,
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
    })
  } finally {
    await field.dispose()
  }
}

function energyOf(
  { kind, decoder }: ModelDescription,
  slots: Slots,
  name: string,
): Pick<FieldSubject, 'energy' | 'noEnergy'> {
  if (decoder === 'own') return { energy: null, noEnergy: noEnergy(name, kind).toData() }
  return { energy: kind === 'gae' ? 'yGivenX' : slots === 'both' ? 'diagonal' : 'conditional', noEnergy: null }
}

function slotsOf({ description }: SavedModel, asked: Slots | null): Slots {
  if (description.kind !== 'gae') return asked ?? 'both'
  if (asked !== 'both') return 'fixed'
  throw new WorkbenchError('SLOTS', 'A gated auto-encoder (gae) of pairs holds x fixed: its two slots are two images', {
    where: 'slots',
    remedy: 'Choose fixed.',
  })
}

/** x and y after the run's preprocess. */
function seenPair(model: SavedModel, { x, y }: Subject): { x: Float32Array; y: Float32Array | null } {
  const { inputs, targets } = model.description
  checkPixels('x', x, inputs)
  if (y !== null) checkPixels('y', y, targets ?? inputs)
  if (targets !== null) {
    if (y === null) {
      throw new WorkbenchError('Y_NEEDED', 'The field of a gated auto-encoder is that of a pair, y is missing', {
        where: 'y',
        remedy: 'Give a second image.',
      })
    }
    const seen = asSeen(model, { n: 1, x, y })
    return { x: seen.x, y: seen.y }
  }
  const single = (image: Float32Array) => asSeen(model, { n: 1, x: image, y: null }).x
  return { x: single(x), y: y === null ? null : single(y) }
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

function checkPixels(where: string, { length }: Float32Array, pixels: number): void {
  if (length === pixels) return
  throw new WorkbenchError('SIZE_MISMATCH', `${length} pixels, the model takes ${pixels}`, {
    where,
    remedy: "Give an image of the model's own size.",
  })
}
