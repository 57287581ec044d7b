import type { Node, NonterminalNode } from 'ohm-js'
import { WorkbenchError } from '../../shared/errors'
import type { Expression, Operator, Sort, Value } from './expression'
import { filterGrammar } from './grammar'
import type { Key } from './key'
import { findKey } from './keys'
import { readValue, wrongOperator } from './value'

/** Characters of a filter, and brackets within brackets: what SQLite and the parser take without trouble. */
const longest = 2000
const deepest = 20

const place = (at: number): string => `--filter, column ${at + 1}`

const fault = (at: number, message: string, remedy = 'The language: docs/filter.md.'): WorkbenchError =>
  new WorkbenchError('FILTER', message, { where: place(at), remedy })

const joined = (type: 'and' | 'or', list: NonterminalNode): Expression => {
  const terms = list.asIteration().children.map((term) => term.tree() as Expression)
  const [only] = terms
  return only !== undefined && terms.length === 1 ? only : { type, terms }
}

const keyAt = ({ source }: Node): Key => findKey(source.contents, place(source.startIdx))

function demandOperator(key: Key, operator: Operator, { source }: Node): void {
  const wrong = wrongOperator(key, operator)
  if (wrong !== null) throw fault(source.startIdx, wrong)
}

function valueAt(key: Key, node: Node, operator: Operator): Value {
  const value = readValue(key, node.text() as string, operator)
  if (typeof value === 'object') throw fault(node.source.startIdx, value.wrong)
  return value
}

const semantics = filterGrammar
  .createSemantics()
  .addOperation<Expression>('tree', {
    Or: (list) => joined('or', list),
    And: (list) => joined('and', list),
    Not(nots, term) {
      const inner = term.tree() as Expression
      return nots.numChildren % 2 === 0 ? inner : { type: 'not', term: inner }
    },
    Term_group: (_open, inner, _close) => inner.tree() as Expression,
    Term_in(keyNode, word, _open, list, _close) {
      const key = keyAt(keyNode)
      demandOperator(key, '=', word)
      const values = list.asIteration().children.map((value) => valueAt(key, value, '='))
      return { type: 'in', key, values }
    },
    Term_notNull: (key, _is, _not, _null) => ({ type: 'null', key: keyAt(key), not: true }),
    Term_null: (key, _is, _null) => ({ type: 'null', key: keyAt(key), not: false }),
    Term_compare(keyNode, sign, value) {
      const [key, operator] = [keyAt(keyNode), sign.sourceString as Operator]
      demandOperator(key, operator, sign)
      return { type: 'compare', key, operator, value: valueAt(key, value, operator) }
    },
  })
  .addOperation<string>('text', {
    word: (_characters) => _characters.sourceString,
    quoted_double: (_open, characters, _close) => characters.children.map((one) => one.text() as string).join(''),
    quoted_single: (_open, characters, _close) => characters.children.map((one) => one.text() as string).join(''),
    inDouble_escape: (_backslash, character) => character.sourceString,
    inDouble_plain: (character) => character.sourceString,
    inSingle_escape: (_backslash, character) => character.sourceString,
    inSingle_plain: (character) => character.sourceString,
  })

const quoted = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'`
const tokens = new RegExp(`${quoted}|[()]`, 'gsu')
const openQuote = new RegExp(`^(?!${quoted})["']`, 'su')

/** Where brackets are too many within one another; null where they are not. */
function tooDeep(text: string): number | null {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '(' && ++depth > deepest) return index
    if (token === ')') depth--
  }
  return null
}

/**
 * Reads a filter: `model.kind = mcae and not (valid.error >= 0.02 or name ~ old)`.
 * @throws WorkbenchError FILTER with the column of the first fault
 */
export function parseFilter(text: string): Expression {
  if (text.length > longest) throw fault(longest, `A filter has at most ${longest} characters`)
  const deep = tooDeep(text)
  if (deep !== null) throw fault(deep, `There are more than ${deepest} brackets within one another`)
  const match = filterGrammar.match(text)
  if (match.failed()) {
    const at = match.getRightmostFailurePosition()
    const isOpen = openQuote.test(text.slice(at))
    throw fault(at, isOpen ? 'The quote has no end' : `Expected ${match.getExpectedText()}`)
  }
  return semantics(match).tree() as Expression
}

/**
 * Reads what to sort by: a key, with - before it downwards.
 * @throws WorkbenchError FILTER
 */
export function parseSort(text: string): Sort {
  const down = text.startsWith('-')
  const key = findKey(down ? text.slice(1) : text, '--sort')
  if (key.type !== 'part' && key.rows === null) return { key, down }
  throw new WorkbenchError('FILTER', `${key.path} has no order`, {
    where: '--sort',
    remedy: 'Keys with one value a run have: docs/filter.md.',
  })
}
