/**
 * The order of names as people count: "img2" before "img10", "rot_-10" before "rot_0.5" before "rot_0.75".
 *
 * Words are in the order of the English alphabet, other signs before digits, digits before letters; numbers by value. A
 * sign belongs to a number at the beginning, or after a space or one of _=(,[/ ("img-10" and "2024-01-05" have none); a
 * point where one number has one point alone ("1.2.10", "2024.01.05" and "v1.10" are whole numbers, one after the
 * other); an exponent where it has its sign ("1e-3"). Names that count as equal (by case, by zeros) keep one order by
 * their characters.
 */
export const compareNames = (a: string, b: string): number => compareKeys(nameKey(a), nameKey(b))

/** A name taken apart once, for sorting many. */
export interface NameKey {
  name: string
  parts: readonly Part[]
}

type Part = string | number

const letters = new Intl.Collator('en', { sensitivity: 'accent' })
const exactly = new Intl.Collator('en', { numeric: true })

const signed = String.raw`(?:(?<=^|[\s_=(,[/\\])[-+])?`
const decimal = String.raw`\d+\.\d+(?!\.?\d)`
/** Not within a row of numbers with points between, not after the v of a version. */
const alone = String.raw`(?<![\d.])(?<!(?:^|[^\p{L}])v)`
const number = String.raw`${signed}(?:${alone}${decimal}|\d+)(?:e[-+]\d+)?`
const parts = new RegExp(String.raw`${number}|[\p{L}\p{M}]+|.`, 'gsu')

const isNumber = /^[-+]?\d/

export const nameKey = (name: string): NameKey => ({
  name,
  parts: (name.match(parts) ?? []).map((part) => (isNumber.test(part) ? Number(part) : part)),
})

/** The order of `compareNames`. */
export function compareKeys(a: NameKey, b: NameKey): number {
  for (let i = 0; i < a.parts.length && i < b.parts.length; i++) {
    const order = compareParts(a.parts[i], b.parts[i])
    if (order !== 0) return order
  }
  const longer = a.parts.length - b.parts.length
  return longer || exactly.compare(a.name, b.name) || (a.name < b.name ? -1 : Number(a.name > b.name))
}

function compareParts(a: Part, b: Part): number {
  if (a === b) return 0
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return letters.compare(String(a), String(b))
}
