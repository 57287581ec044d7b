import { scaleOptionSchema, type ScaleOption } from '../../shared/importing'
import { WorkbenchError } from '../../shared/errors'

/** Parses an option that takes one of some words. */
export const oneOf =
  <Word extends string>(option: string, words: readonly Word[]) =>
  (text: string): Word => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    throw new WorkbenchError('USAGE', `${option} takes ${words.join(', ')}, not "${text}"`, {
      remedy: `For example ${option} ${words[0]}.`,
    })
  }

/** Parses --scale: a word, or the numbers that become 0 and 1. */
export function scaleOption(text: string): ScaleOption {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  const parsed = scaleOptionSchema.safeParse(numbers.length === 2 ? numbers : text)
  if (parsed.success) return parsed.data
  throw new WorkbenchError('USAGE', `--scale takes auto, unit, byte, keep or LO,HI, not "${text}"`, {
    remedy: 'For example --scale 0,16.',
  })
}
