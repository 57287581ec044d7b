import type { Expression, Value } from './expression'
import { reserved } from './grammar'

const plainWord = /^[^\s\p{C}(),=!<>~"'\\]+$/u

/** A value as it is written: in quotes where it would be read as something else. */
function printValue(value: Value): string {
  if (typeof value !== 'string') return String(value)
  const isWord = plainWord.test(value) && !(reserved as readonly string[]).includes(value.toLowerCase())
  return isWord ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** The text of a filter, in one form: what it is parsed to is the same filter. */
export function printFilter(expression: Expression): string {
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.terms.map((term) => printWithin(term, expression.type)).join(` ${expression.type} `)
    case 'not':
      return `not ${printWithin(expression.term, 'not')}`
    case 'in':
      return `${expression.key.path} in (${expression.values.map(printValue).join(', ')})`
    case 'null':
      return `${expression.key.path} is ${expression.not ? 'not null' : 'null'}`
    case 'compare':
      return `${expression.key.path} ${expression.operator} ${printValue(expression.value)}`
  }
}

/** And binds closer than or. */
function printWithin(term: Expression, outer: 'and' | 'or' | 'not'): string {
  const text = printFilter(term)
  const apart =
    term.type === 'or' || (term.type === 'and' && outer !== 'or') || (term.type === 'not' && outer === 'not')
  return apart ? `(${text})` : text
}
