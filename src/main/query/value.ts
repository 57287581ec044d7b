import type { Operator, Value } from './expression'
import type { Key } from './key'
import { shown } from './keys'

const ordered: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=']

/** What may be asked of a type, apart from `is null`. */
const operators: Record<Key['type'], readonly Operator[]> = {
  text: [...ordered, '~'],
  time: [...ordered, '~'],
  number: ordered,
  choice: ['=', '!=', '~'],
  boolean: ['=', '!='],
  part: [],
}

/** Why a key takes no such operator; null where it does. */
export function wrongOperator({ path, type }: Key, operator: Operator): string | null {
  const taken = operators[type]
  if (taken.includes(operator)) return null
  if (taken.length === 0) return `${path} is a part of the spec: ask whether it is null`
  return `${path} takes ${taken.join(' ')}, not ${operator}`
}

const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
const time = /^\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d{3}Z)?)?)?)?)?)?$/

/** A value as its key takes it. @returns the value, or why it is none */
export function readValue({ path, type, choices }: Key, text: string, operator: Operator): Value | { wrong: string } {
  const wrong = (what: string) => ({ wrong: `${path} is ${what}, not ${shown(text)}` })
  if (type === 'number') {
    const value = number.test(text) ? Number(text) : NaN
    // Minus zero is zero.
    return Number.isFinite(value) ? value + 0 : wrong('a number')
  }
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : wrong('true or false'))
  if (operator === '~') return text
  if (type === 'choice' && !choices.includes(text)) return wrong(`one of ${choices.join(', ')}`)
  if (type === 'time' && !time.test(text)) return wrong('a time as 2026-11-29 or 2026-11-29T10:30')
  return text
}
