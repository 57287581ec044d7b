export interface JsonFault {
  /** Both from 1. */
  line: number
  column: number
  /** What is wrong, in words. */
  words: string
}

/** Thrown inside the scan alone: where it stopped. */
class Stop extends Error {
  constructor(
    readonly at: number,
    readonly words: string,
  ) {
    super(words)
  }
}

const blank = /[ \t\r\n]*/y
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const plain = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

/** Reads past what the pattern takes at `at`; -1 where it takes nothing. */
function past(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : -1
}

const skip = (source: string, at: number): number => past(blank, source, at)

function value(source: string, at: number): number {
  const start = source[at]
  if (start === '{') return list(source, at, '}', member)
  if (start === '[') return list(source, at, ']', value)
  const end = past(start === '"' ? text : plain, source, at)
  if (end >= 0) return end
  if (start === undefined) throw new Stop(at, 'the end comes too early')
  throw new Stop(at, start === '"' ? 'this text does not end' : 'a value is needed')
}

function member(source: string, at: number): number {
  const end = past(text, source, at)
  if (end < 0) throw new Stop(at, at < source.length ? 'a key in double quotes is needed' : 'the end comes too early')
  const colon = skip(source, end)
  if (source[colon] !== ':') throw new Stop(colon, 'a colon is needed')
  return value(source, skip(source, colon + 1))
}

function list(source: string, at: number, close: '}' | ']', item: typeof value): number {
  let next = skip(source, at + 1)
  if (source[next] === close) return next + 1
  for (;;) {
    next = skip(source, item(source, next))
    if (source[next] === close) return next + 1
    if (source[next] !== ',')
      throw new Stop(next, next < source.length ? `a comma or ${close} is needed` : `${close} is missing`)
    next = skip(source, next + 1)
  }
}

/** Where a text stops being JSON (RFC 8259), for which engines have no common word; null where it is JSON. */
export function jsonFault(source: string): JsonFault | null {
  try {
    const end = skip(source, value(source, skip(source, 0)))
    if (end === source.length) return null
    throw new Stop(end, 'nothing may follow')
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop
    const before = source.slice(0, stop.at).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, words: stop.words }
  }
}
