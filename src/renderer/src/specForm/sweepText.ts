import { isObject, type JsonObject } from '../../../shared/spec/paths'
import { jsonFault } from './jsonFault'

/** What a field of the form of a sweep says, or why it says nothing. */
export type Said<T> = { ok: true; value: T } | { ok: false; message: string }

const said = <T>(value: T): Said<T> => ({ ok: true, value })
const unsaid = <T>(message: string): Said<T> => ({ ok: false, message })

/** A whole JSON text; a fault is told with its line and column. */
function readJson(text: string): Said<unknown> {
  const fault = jsonFault(text)
  if (fault !== null) return unsaid(`line ${fault.line}, column ${fault.column}: ${fault.words}`)
  return said(JSON.parse(text) as unknown)
}

/** The base: an object as JSON, or the name of a preset or of a run. */
export function readBase(text: string): Said<JsonObject | string> {
  const trimmed = text.trim()
  if (trimmed === '') return unsaid('a spec, {"preset": "quick"}, or the name of a preset or run')
  if (!trimmed.startsWith('{')) return said(trimmed)
  const read = readJson(text)
  if (!read.ok) return read
  return isObject(read.value) ? said(read.value) : unsaid('an object { ... } is needed')
}

/**
 * The axes: JSON, or a line each: `optimizer.learningRate: 0.01, 0.003`, `model.hidden: 10 .. 500 log`.
 */
export function readAxes(text: string): Said<JsonObject> {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) {
    const read = readJson(text)
    if (!read.ok) return read
    return isObject(read.value) ? said(read.value) : unsaid('an object { ... } is needed')
  }
  const axes: JsonObject = {}
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, key, values] = /^\s*([\w.]+)(?:\s*[:=]\s*|\s+)(\S.*?)\s*$/.exec(line) ?? []
    if (key === undefined || values === undefined)
      return unsaid(`line ${at + 1}: key: values, with commas between them`)
    if (key in axes) return unsaid(`line ${at + 1}: ${key} stands there twice`)
    axes[key] = axisOf(values)
  }
  return said(axes)
}

const number = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?'
const range = new RegExp(`^(${number})\\s*\\.\\.\\s*(${number})(?:\\s+(linear|log))?$`, 'i')

function axisOf(text: string): unknown {
  const [, from, to, scale = 'linear'] = range.exec(text) ?? []
  if (from !== undefined) return { from: Number(from), to: Number(to), scale: scale.toLowerCase() }
  const list = readJson(text.startsWith('[') ? text : `[${text}]`)
  if (list.ok && Array.isArray(list.value)) return list.value
  return text.split(',').map((part) => valueOf(part.trim()))
}

/** JSON where it is JSON, .5 as 0.5, else the text itself. */
function valueOf(text: string): unknown {
  if (new RegExp(`^${number}$`, 'i').test(text)) return Number(text)
  const read = readJson(text)
  return read.ok ? read.value : text
}

/** Seeds: `1, 2, 3`, `1-5`, or JSON; empty: the base's own. */
export function readSeeds(text: string): Said<number[] | undefined> {
  const trimmed = text.trim().replace(/^\[|\]$/g, '')
  if (trimmed === '') return said(undefined)
  const seeds: number[] = []
  for (const part of trimmed.split(/[\s,]+/)) {
    const [, first, last] = /^(\d+)(?:(?:-|\.\.)(\d+))?$/.exec(part) ?? []
    if (first === undefined) return unsaid(`"${part}" is no seed: 1, 2, 3 or 1-5`)
    const [from, to] = [Number(first), Number(last ?? first)]
    if (to < from || to - from >= 1000) return unsaid(`"${part}" is no list of at most 1000 seeds`)
    for (let seed = from; seed <= to; seed++) seeds.push(seed)
  }
  return said(seeds)
}

/** Epochs of the rungs of a halving: `10, 40, 160`; empty: none. */
export function readRungs(text: string): Said<{ epochs: number[] } | null> {
  if (text.trim() === '') return said(null)
  const parts = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
  const epochs = parts.map(Number)
  const wrong = parts.find((_, at) => !Number.isInteger(epochs[at]) || (epochs[at] ?? 0) < 1)
  return wrong === undefined ? said({ epochs }) : unsaid(`"${wrong}" is no number of epochs`)
}
