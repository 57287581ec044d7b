import { parse, ParseErrorCode, type ParseError } from 'jsonc-parser'

export interface JsonFault {
  /** Both from 1. */
  line: number
  column: number
  /** What is wrong, in words. */
  words: string
}

const words: Partial<Record<ParseErrorCode, string>> = {
  [ParseErrorCode.InvalidSymbol]: 'keys and text stand in double quotes',
  [ParseErrorCode.InvalidNumberFormat]: 'this is no number',
  [ParseErrorCode.PropertyNameExpected]: 'a key in double quotes is needed',
  [ParseErrorCode.ValueExpected]: 'a value is needed',
  [ParseErrorCode.ColonExpected]: 'a colon is needed',
  [ParseErrorCode.CommaExpected]: 'a comma or the end is needed',
  [ParseErrorCode.CloseBraceExpected]: '} is missing',
  [ParseErrorCode.CloseBracketExpected]: '] is missing',
  [ParseErrorCode.EndOfFileExpected]: 'nothing may follow',
  [ParseErrorCode.InvalidCommentToken]: 'JSON has no comments',
  [ParseErrorCode.UnexpectedEndOfString]: 'this text does not end',
}

/** Where a text stops being JSON (RFC 8259), for which engines have no common word; null where it is JSON. */
export function jsonFault(source: string): JsonFault | null {
  const errors: ParseError[] = []
  parse(source, errors, { disallowComments: true })
  const [first] = errors
  if (first === undefined) return null
  const before = source.slice(0, first.offset).split('\n')
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
  const isAtEnd = first.error === ParseErrorCode.ValueExpected && source.slice(first.offset).trim() === ''
  return { line, column, words: isAtEnd ? 'the end comes too early' : (words[first.error] ?? 'this is no JSON') }
}
