import { distance } from 'fastest-levenshtein'
import { WorkbenchError } from '../../shared/errors'
import { applies, schemaAt } from '../../shared/spec/nodes'
import { isObject } from '../../shared/spec/paths'
import { settingPaths } from '../../shared/spec/settings'
import type { Axes, Axis, Range, SweepSpec } from '../../shared/sweeps'

/** Digits of a drawn value: enough for any setting, and few enough that every machine rounds alike. */
const digits = 6

export const isRange = (axis: Axis): axis is Range => !Array.isArray(axis)

/** One direction of the space: what it sets, and its value at a place from 0 to 1. */
export interface Direction {
  key: string
  axis: Axis
  /** Whether values between the ends are rounded to whole numbers. */
  rounds: boolean
  /** @param place in [0, 1) */
  at(place: number): unknown
}

/**
 * The space that axes span.
 * @throws SWEEP_AXIS with the axis and what to write instead
 */
export const spaceOf = ({ axes, method, halving }: Pick<SweepSpec, 'axes' | 'method' | 'halving'>): Direction[] =>
  Object.entries(axes).map(([key, axis]) => {
    checkKey(key, axes, halving !== null)
    return isRange(axis) ? rangeOf(key, axis, method) : listOf(key, axis)
  })

const refuse = (key: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError('SWEEP_AXIS', message, { where: `axes, ${key}`, remedy })

function checkKey(key: string, axes: Axes, halves: boolean): void {
  if (key === 'seed') throw refuse(key, 'A seed is no axis', 'List the seeds: "seeds": [1, 2, 3].')
  if (key === 'dataset') {
    throw refuse(key, 'Errors on two datasets do not compare', 'Make a sweep for each dataset: "dataset": NAME.')
  }
  if (key === 'epochs' && halves) {
    throw refuse(key, 'The epochs of a halving are those of its rungs', 'Leave out the axis, or set halving to null.')
  }
  if (!settingPaths.includes(key) && !isPartOfOne(key)) {
    const [near] = settingPaths.toSorted((a, b) => unlike(key, a) - unlike(key, b))
    throw refuse(key, `A spec has no key ${JSON.stringify(key.slice(0, 60))}`, `Nearest: ${near}. All: docs/spec.md.`)
  }
  const within = Object.keys(axes).find((other) => key.startsWith(`${other}.`))
  const outer = within === undefined ? undefined : axes[within]
  // A part that is taken away takes its keys away: those are set where it is there.
  if (Array.isArray(outer) && outer.some((value) => value !== null && isObject(value) && inner(key, within) in value)) {
    throw refuse(key, `The axis ${within} sets it too`, 'Set it in one place.')
  }
}

const inner = (key: string, outer: string | undefined): string =>
  key.slice((outer ?? '').length + 1).split('.')[0] ?? ''

/** "optimizer" as a whole: values are objects. */
const isPartOfOne = (key: string): boolean => settingPaths.some((path) => path.startsWith(`${key}.`))

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)
const unlike = (asked: string, path: string): number =>
  Math.min(distance(asked, path), distance(lastOf(asked), lastOf(path)) + 0.5)

const listOf = (key: string, values: readonly unknown[]): Direction => ({
  key,
  axis: [...values] as Axis,
  rounds: false,
  at: (place) => values[Math.min(values.length - 1, Math.floor(place * values.length))],
})

function rangeOf(key: string, range: Range, method: SweepSpec['method']): Direction {
  const { from, to, scale } = range
  if (method === 'grid') {
    throw refuse(key, 'A grid has no steps between from and to', 'List its values, or set method to random.')
  }
  const type = isPartOfOne(key) ? 'object' : numberType(key)
  if (type !== 'integer' && type !== 'number') {
    throw refuse(key, `${key} is no number`, 'List its values: ["a", "b"].')
  }
  if (!(from < to)) throw refuse(key, `from ${from} is not below to ${to}`, 'Give the lower end first.')
  if (scale === 'log' && from <= 0) {
    throw refuse(key, `A logarithmic axis cannot begin at ${from}`, 'Give a from above 0, or set scale to linear.')
  }
  const whole = type === 'integer'
  if (whole && !(Number.isInteger(from) && Number.isInteger(to))) {
    throw refuse(key, `${key} is a whole number`, 'Give whole numbers from and to.')
  }
  const spread = (place: number) => (scale === 'log' ? from * (to / from) ** place : from + place * (to - from))
  const round = (value: number) => (whole ? Math.round(value) : Number(value.toPrecision(digits)))
  return { key, axis: range, rounds: whole, at: (place) => Math.min(to, Math.max(from, round(spread(place)))) }
}

/** Of a number that may be null, the number's. */
function numberType(key: string): string | undefined {
  const node = schemaAt(key)
  return node.type ?? node.anyOf?.find(({ type }) => type === 'number' || type === 'integer')?.type
}

/** Keys of the axes that mean something for no kind of model that the sweep tries. */
export const strangeKeys = (specs: readonly Record<string, unknown>[], keys: readonly string[]): string[] =>
  keys.filter((key) => specs.every((spec) => !applies(spec, key)))
