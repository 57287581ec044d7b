import type { Random } from '../../src/main/datasets/random'
import type { Key } from '../../src/main/query/key'
import { keys } from '../../src/main/query/keys'
import type { RunDetail } from '../../src/shared/runs'
import { getAt } from '../../src/shared/spec/paths'

/** What a run has, by the path of the key; undefined, null and an empty list: nothing. */
export type Subject = (path: string) => unknown

export const subjectOf =
  (run: RunDetail): Subject =>
  (path) => {
    if (/^(valid|test)\./.test(path)) return getAt(run, path)
    if (path === 'tag') return run.tags
    const own = [
      'name',
      'note',
      'status',
      'dataset',
      'engine',
      'device',
      'seed',
      'dataSeed',
      'created',
      'epochs',
      'seconds',
    ]
    return own.includes(path) ? getAt(run, path) : getAt(run.spec, path.replace(/^spec\./, ''))
  }

/** A filter as a person may write it, and, found without the parser and the database, what it takes. */
export interface RandomFilter {
  text: string
  takes(subject: Subject): boolean
}

type Level = 'or' | 'and' | 'not' | 'term'
interface Part extends RandomFilter {
  level: Level
}

const levels: readonly Level[] = ['or', 'and', 'not', 'term']
const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(0, list.length - 1)]!
const gap = (random: Random): string => pick(random, ['', ' ', '  '])
const word = (random: Random, text: string): string => pick(random, [text, text, text.toUpperCase()])

/** In brackets where it binds less than what is around it; now and then without need. */
function within(random: Random, part: Part, outer: Level): string {
  const needed = levels.indexOf(part.level) < levels.indexOf(outer)
  return needed || random.integer(0, 5) === 0 ? `(${gap(random)}${part.text}${gap(random)})` : part.text
}

/** @param samples values that runs have, of the same kinds as the values to compare with */
export function randomFilter(random: Random, samples: (path: string) => unknown[], depth = 3): Part {
  const kind = depth === 0 ? 'term' : pick(random, levels)
  if (kind === 'term') return condition(random, pick(random, keys), samples)
  if (kind === 'not') {
    const inner = randomFilter(random, samples, depth - 1)
    return {
      level: 'not',
      text: `${word(random, 'not')} ${within(random, inner, 'not')}`,
      takes: (subject) => !inner.takes(subject),
    }
  }
  const parts = Array.from({ length: random.integer(2, 3) }, () => randomFilter(random, samples, depth - 1))
  return {
    level: kind,
    text: parts.map((part) => within(random, part, kind)).join(` ${word(random, kind)} `),
    takes: (subject) =>
      kind === 'and' ? parts.every((part) => part.takes(subject)) : parts.some((part) => part.takes(subject)),
  }
}

function condition(random: Random, { path, type, choices }: Key, samples: (path: string) => unknown[]): Part {
  const form = type === 'part' ? 'null' : pick(random, ['null', 'in', 'compare', 'compare', 'compare'])
  if (form === 'null') {
    const not = random.integer(0, 1) === 1
    return {
      level: 'term',
      text: `${path} ${word(random, 'is')} ${not ? `${word(random, 'not')} ` : ''}${word(random, 'null')}`,
      takes: (subject) => isNothing(subject(path)) !== not,
    }
  }
  const value = (): string | number | boolean => {
    const known = samples(path)
      .flat()
      .filter((one) => one != null) as (string | number | boolean)[]
    if (type === 'boolean') return random.integer(0, 1) === 1
    if (type === 'choice') return pick(random, choices)
    if (type === 'number') return known.length > 0 && random.integer(0, 3) > 0 ? pick(random, known) : random.uniform()
    const text = known.length > 0 ? String(pick(random, known)) : 'x'
    return type === 'time' ? text.slice(0, pick(random, [4, 7, 10, 13, 16, 19, 24])) : text
  }
  if (form === 'in') {
    const values = Array.from({ length: random.integer(1, 3) }, value)
    const list = values.map((one) => `${gap(random)}${written(random, one)}${gap(random)}`).join(',')
    return {
      level: 'term',
      text: `${path} ${word(random, 'in')}${gap(random)}(${list})`,
      takes: (subject) => values.some((one) => fulfils(type, subject(path), '=', one)),
    }
  }
  const signs = ['=', '!=', ...(type === 'boolean' || type === 'choice' ? [] : ['<', '<=', '>', '>='])]
  const sign = pick(random, type === 'number' || type === 'boolean' ? signs : [...signs, '~'])
  const whole = value()
  const wanted = sign === '~' ? otherCase(random, String(whole).slice(random.integer(0, 2), 6)) : whole
  return {
    level: 'term',
    text: `${path}${gap(random)}${sign}${gap(random)}${written(random, wanted)}`,
    takes: (subject) => fulfils(type, subject(path), sign, wanted),
  }
}

const otherCase = (random: Random, text: string): string => pick(random, [text, text.toUpperCase(), text.toLowerCase()])

function written(random: Random, value: string | number | boolean): string {
  if (typeof value === 'number') return pick(random, [String(value), value.toExponential(), `"${value}"`])
  const isWord = /^(?!(and|or|not|in|is|null)$)[\w.:-]+$/i.test(String(value))
  if (isWord && random.integer(0, 1) === 0) return String(value)
  const quote = pick(random, ['"', "'"])
  return quote + String(value).replace(/["'\\]/g, '\\$&') + quote
}

const isNothing = (has: unknown): boolean => has == null || (Array.isArray(has) && has.length === 0)

/** One of several values is enough; for != none may be equal. */
function fulfils(type: Key['type'], has: unknown, sign: string, wanted: string | number | boolean): boolean {
  if (!Array.isArray(has)) return compare(type, has, sign, wanted)
  if (sign === '!=') return !has.includes(wanted)
  return has.some((one) => compare(type, one, sign, wanted))
}

function compare(type: Key['type'], has: unknown, sign: string, wanted: string | number | boolean): boolean {
  if (has == null) return sign === '!='
  if (sign === '~') return String(has).toLowerCase().includes(String(wanted).toLowerCase())
  const own = (type === 'time' ? String(has).slice(0, String(wanted).length) : has) as number
  const other = wanted as number
  if (sign === '=') return own === other
  if (sign === '!=') return own !== other
  if (sign === '<') return own < other
  if (sign === '<=') return own <= other
  return sign === '>' ? own > other : own >= other
}
