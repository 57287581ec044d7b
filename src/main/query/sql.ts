import type { Fragment } from '../store/runPage'
import type { Condition, Expression, Operator, Sort, Value } from './expression'

/** A filter as a condition over the table `runs`, true or false and never null; every value is bound. */
export function filterSql(expression: Expression): Fragment {
  switch (expression.type) {
    case 'and':
    case 'or': {
      const terms = expression.terms.map(filterSql)
      const sql = terms.map((term) => term.sql).join(expression.type === 'and' ? ' AND ' : ' OR ')
      return { sql: `(${sql})`, bindings: terms.flatMap(({ bindings }) => bindings) }
    }
    case 'not': {
      const { sql, bindings } = filterSql(expression.term)
      return { sql: `(NOT ${sql})`, bindings }
    }
    default:
      return expression.key.rows === null ? conditionSql(expression) : existsSql(expression, expression.key.rows)
  }
}

/** Runs without the value come last, either way; text goes by its letters, whatever their case. */
export const sortSql = ({ key, down }: Sort): string =>
  `${key.sql}${key.type === 'text' ? ' COLLATE NOCASE' : ''} ${down ? 'DESC' : 'ASC'} NULLS LAST`

function conditionSql(condition: Condition): Fragment {
  const { sql } = condition.key
  if (condition.type === 'null') return { sql: `(${sql} IS ${condition.not ? 'NOT NULL' : 'NULL'})`, bindings: [] }
  if (condition.type === 'compare') return compareSql(condition.key.type, sql, condition.operator, condition.value)
  if (condition.key.type !== 'time') {
    const marks = condition.values.map(() => '?').join(', ')
    return { sql: `(IFNULL(${sql} IN (${marks}), 0))`, bindings: condition.values.map(bound) }
  }
  // Each time has a length of its own.
  const any = condition.values.map((value) => compareSql('time', sql, '=', value))
  return { sql: `(${any.map((one) => one.sql).join(' OR ')})`, bindings: any.flatMap(({ bindings }) => bindings) }
}

/** Of a key with several values in a run: one of them fulfils it; `!=` and `is null` ask for none. */
function existsSql(condition: Condition, rows: string): Fragment {
  if (condition.type === 'null') {
    return { sql: `(${condition.not ? '' : 'NOT '}EXISTS (SELECT 1 FROM ${rows}))`, bindings: [] }
  }
  const none = condition.type === 'compare' && condition.operator === '!='
  const { sql, bindings } = conditionSql(none ? { ...condition, operator: '=' } : condition)
  return { sql: `(${none ? 'NOT ' : ''}EXISTS (SELECT 1 FROM ${rows} AND ${sql}))`, bindings }
}

const bound = (value: Value): string | number => (typeof value === 'boolean' ? Number(value) : value)

function compareSql(type: string, sql: string, operator: Operator, value: Value): Fragment {
  if (operator === '~') return { sql: `(IFNULL(${sql} GLOB ?, 0))`, bindings: [containing(String(value))] }
  // A time is compared as far as it is written: 2026-11-29 is all of that day.
  const time = type === 'time' ? { sql: `substr(${sql}, 1, ?)`, bindings: [String(value).length] } : null
  const { sql: subject, bindings } = time ?? { sql, bindings: [] }
  const compared = {
    '=': `${subject} IS ?`,
    '!=': `${subject} IS NOT ?`,
    '<': `IFNULL(${subject} < ?, 0)`,
    '<=': `IFNULL(${subject} <= ?, 0)`,
    '>': `IFNULL(${subject} > ?, 0)`,
    '>=': `IFNULL(${subject} >= ?, 0)`,
  }
  return { sql: `(${compared[operator]})`, bindings: [...bindings, bound(value)] }
}

/** A pattern for text that holds this, in any case: LIKE and LOWER know no letters beyond z. */
function containing(text: string): string {
  const characters = Array.from(text, (character) => {
    const cases = [character, character.toLowerCase(), character.toUpperCase()].filter((one) => [...one].length === 1)
    const distinct = [...new Set(cases)]
    if (distinct.length > 1) return `[${distinct.join('')}]`
    return '*?['.includes(character) ? `[${character}]` : character
  })
  return `*${characters.join('')}*`
}
