import type { Key } from './key'

export type Value = string | number | boolean
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~'

export type Condition =
  | { type: 'compare'; key: Key; operator: Operator; value: Value }
  | { type: 'in'; key: Key; values: readonly Value[] }
  | { type: 'null'; key: Key; not: boolean }

/** A filter, read. A run that lacks a value fulfils no condition on it but `!=` and `is null`. */
export type Expression =
  { type: 'and' | 'or'; terms: readonly Expression[] } | { type: 'not'; term: Expression } | Condition

/** What to sort by. */
export interface Sort {
  key: Key
  down: boolean
}

/** Every condition of a filter, in its order. */
export function conditions(expression: Expression): Condition[] {
  if ('term' in expression) return conditions(expression.term)
  return 'terms' in expression ? expression.terms.flatMap(conditions) : [expression]
}
