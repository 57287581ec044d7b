import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser'

export interface JsonFault {
  /** Both from 1. */
  line: number
  column: number
  /** What is wrong, in words. */
  words: string
}

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'keys and text stand in double quotes',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a key in double quotes is needed',
  ValueExpected: 'a value is needed',
  ColonExpected: 'a colon is needed',
  CommaExpected: 'a comma or the end is needed',
  CloseBraceExpected: '} is missing',
  CloseBracketExpected: '] is missing',
  EndOfFileExpected: 'nothing may follow',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfString: 'this text does not end',
}

/** Where a text stops being JSON (RFC 8259), for which engines have no common word; null where it is JSON. */
export function jsonFault(source: string): JsonFault | null {
  const errors: ParseError[] = []
  parse(source, errors, { disallowComments: true })
  const [first] = errors
  if (first === undefined) return null
  const before = source.slice(0, first.offset).split('\n')
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
  const code = printParseErrorCode(first.error)
  const isAtEnd = code === 'ValueExpected' && source.slice(first.offset).trim() === ''
  return { line, column, words: isAtEnd ? 'the end comes too early' : (words[code] ?? 'this is no JSON') }
}
