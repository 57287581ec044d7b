import type { PixelRange, PixelRanges } from '../../../shared/model'
import type { CorruptionSpec } from '../../../shared/spec/schema'
import { input, type Node } from '../../compute/graph'
import { corruptionKinds, type CorruptionKind } from './corruptionKinds'
import type { Draw } from './draws'
import { takesPairs, type ModelKind } from '../../../shared/kinds'

/** What happens to one image of a batch before the model sees it. */
export interface Corruption {
  kind: CorruptionKind
  level: number
  /** Of the training set as the model sees it; null where the kind does not need it. */
  range: PixelRange | null
}

/** Null: the image is seen as it is. */
export interface Corruptions {
  x: Corruption | null
  y: Corruption | null
}

export type CorruptionChoice = Pick<CorruptionSpec, 'kind' | 'level'> & { on?: CorruptionSpec['on'] }

/**
 * What happens to the one image, or to those of a pair that `on` names.
 * @param ranges of salt and pepper; null for other kinds
 */
export function corruptionsOf(
  model: ModelKind,
  { kind, level, on }: CorruptionChoice,
  ranges: PixelRanges | null,
): Corruptions {
  if (kind === 'none' || level === 0) return { x: null, y: null }
  const [onX, onY] = takesPairs(model) ? [on !== 'y', on !== 'x'] : [true, false]
  return {
    x: onX ? { kind, level, range: ranges?.x ?? null } : null,
    y: onY ? { kind, level, range: ranges?.y ?? null } : null,
  }
}

/** What the model sees of a batch. @param images [B, D] @param draws the per-step input of the draws, where any are needed */
export function corrupted(images: Node, corruption: Corruption | null, draws: string): Node {
  if (corruption === null) return images
  const { dtype, node } = corruptionKinds[corruption.kind]
  return node(images, input(draws, images.shape, dtype), corruption.range)
}

/** The draws of a corruption; their per-step input is named by their purpose. @param shape [B, D] */
export function corruptionDraw(
  { kind, level }: Corruption,
  purpose: Draw['purpose'],
  shape: readonly [number, number],
): Draw {
  const { dtype, draw } = corruptionKinds[kind]
  return {
    purpose,
    bytes: shape[0] * shape[1] * (dtype === 'uint8' ? 1 : 4),
    tensor: (seed, stream, first, count) => draw(seed, stream, first, [count, ...shape], level),
  }
}

/** A corrupted copy of all images, the same at every call. @param images [N, D] */
export function corruptedCopy(
  images: Float32Array,
  corruption: Corruption | null,
  seed: number,
  stream: number,
): Float32Array {
  if (corruption === null) return images
  const { kind, level, range } = corruption
  const { draw, pixel } = corruptionKinds[kind]
  const { data } = draw(seed, stream, 0, [1, images.length], level)
  return images.map((value, at) => pixel(value, data[at], range))
}
