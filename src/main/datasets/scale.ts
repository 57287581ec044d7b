import type { ScaleOption } from '../../shared/importing'
import { WorkbenchError } from '../../shared/errors'
import { ambiguous } from './ambiguous'
import type { PixelFacts, Scale } from './pixels'

/** What a format says of its numbers, whatever they look like; null where it says nothing. */
export type FixedScale = 'keep' | 'byte' | null

const asTheyAre: Scale = { zero: 0, one: 1 }
const ofBytes: Scale = { zero: 0, one: 255 }

/** Greatest whole number up to which bytes are no more likely than a scale of its own (0..16 digits, percentages). */
const smallWhole = 100
/** The same for arrays whose type is the byte. */
const smallByte = 31
/** Numbers on both sides of 0 up to here are taken for standardised ones. */
const standardised = 30
/** Interpolation goes a little beyond the ends. */
const overshoot = 0.1

/**
 * The scale of one file's array.
 * @param fixed by the format
 * @param siblings scales that other files of the same import have by themselves
 * @throws AMBIGUOUS, SCALE_RANGE
 */
export function scaleOf(
  facts: PixelFacts,
  option: ScaleOption,
  fixed: FixedScale,
  where: string,
  siblings: readonly { facts: PixelFacts; scale: Scale }[] = [],
): Scale {
  if (facts.brightness) return asImage(facts, option, where)
  if (Array.isArray(option)) return { zero: option[0], one: option[1] }
  if (option === 'keep') return asTheyAre
  if (option === 'unit') return within(facts, asTheyAre, 'unit', where)
  if (option === 'byte') return within(facts, ofBytes, 'byte', where)
  if (fixed !== null) return fixed === 'byte' ? ofBytes : asTheyAre
  return plainScale(facts) ?? ofSibling(facts, siblings) ?? throwAmbiguous(facts, where)
}

/** The scale where only one is plausible, else null. */
export function plainScale({ low, high, whole, byteType, brightness, white }: PixelFacts): Scale | null {
  if (brightness) return { zero: 0, one: white }
  if (low >= 0 && whole && high <= 255) {
    if (high <= 1) return asTheyAre
    return high > (byteType ? smallByte : smallWhole) ? ofBytes : null
  }
  if (low >= -overshoot && high <= 1 + overshoot) return asTheyAre
  if (low >= -overshoot * 255 && high > smallWhole * 2 && high <= 255 * (1 + overshoot)) return ofBytes
  const fromMinusOne = low >= -1.001 && low <= -0.9 && high >= 0.9 && high <= 1.001
  return low < 0 && !fromMinusOne && Math.max(-low, high) <= standardised ? asTheyAre : null
}

/** Dark or few images have the scale of the files beside them, where their numbers are of the same sort and fit it. */
function ofSibling(facts: PixelFacts, siblings: readonly { facts: PixelFacts; scale: Scale }[]): Scale | null {
  const alike = siblings.find(
    ({ facts: other, scale }) => other.whole === facts.whole && facts.low >= scale.zero && facts.high <= scale.one,
  )
  return alike?.scale ?? null
}

function throwAmbiguous({ low, high, whole }: PixelFacts, where: string): never {
  const numbers = `Its ${whole ? 'whole numbers' : 'numbers'} go from ${low} to ${high}`
  const range = `--scale ${Math.min(0, low)},${high}`
  if (whole && low >= 0 && high <= 255) {
    throw ambiguous(where, `${numbers}: a scale of their own, or dark bytes of 0 to 255`, [range, '--scale byte'])
  }
  throw ambiguous(where, `${numbers}: to be brought to 0..1, or meant as they are`, [range, '--scale keep'])
}

/** Image files say what black and white are. */
function asImage({ white }: PixelFacts, option: ScaleOption, where: string): Scale {
  if (option === 'auto' || option === 'byte') return { zero: 0, one: white }
  throw new WorkbenchError('SCALE_IMAGES', `Image files have black and white; ${String(option)} does not apply`, {
    where,
    remedy: 'Leave the scale out.',
  })
}

function within({ low, high }: PixelFacts, scale: Scale, name: string, where: string): Scale {
  const slack = overshoot * scale.one
  if (low >= scale.zero - slack && high <= scale.one + slack) return scale
  throw new WorkbenchError('SCALE_RANGE', `Its numbers go from ${low} to ${high}, not from 0 to ${scale.one}`, {
    where,
    remedy: `Not ${name}: --scale ${Math.min(0, low)},${high} brings them to 0..1, --scale keep leaves them.`,
  })
}
