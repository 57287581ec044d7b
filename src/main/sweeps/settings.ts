import { WorkbenchError } from '../../shared/errors'
import { ownKeys } from '../../shared/spec/read'
import { canonical, getAt, setAt, type JsonObject } from '../../shared/spec/paths'
import { runSpecSchema, type RunSpec } from '../../shared/spec/schema'
import { mostSettings, type SweepSpec } from '../../shared/sweeps'
import { means } from './conditions'
import { haltonPoint } from './halton'
import { isRange, spaceOf, strangeKeys, type Direction } from './space'

/** One point of the space. */
export interface Setting {
  /** What its axes set, flat; a key that means nothing beside the others is left out. */
  settings: Record<string, unknown>
  /** Every default filled in; the seed is the base's. */
  spec: RunSpec
}

export interface Settings {
  list: Setting[]
  /** How many different ones the space has, where that is known. */
  all: number | null
  notices: string[]
}

/** Settings that are made before others get their turn. */
const inOneGo = 50

/** So many points after another that are all known: the space has no other. */
const patience = 2000

/**
 * The settings of a sweep, in their order: a pure function of its spec, and those of fewer runs are the first of those of
 * more. One that equals an earlier one, after rounding or as a key means nothing beside the others, is passed over.
 * @param base with its dataset
 * @throws SWEEP_AXIS; SWEEP_SETTING with the axis and the value that a spec cannot have
 */
export async function settingsOf(
  sweep: Pick<SweepSpec, 'axes' | 'method' | 'halving' | 'runs' | 'seed'>,
  base: JsonObject,
): Promise<Settings> {
  const space = spaceOf(sweep)
  const { points, all } = sweep.method === 'grid' ? grid(space) : sequence(space, sweep.seed)
  if (sweep.method === 'random' && sweep.runs === undefined) {
    throw new WorkbenchError('SWEEP_RUNS', 'The method random needs a number of settings', {
      where: 'runs',
      remedy: 'For example: "runs": 20.',
    })
  }
  const wanted = sweep.runs ?? mostSettings
  const list: Setting[] = []
  const known = new Set<string>()
  let [looked, passed, inRow] = [0, 0, 0]
  for (const point of points) {
    // Thousands of them take longer than a frame.
    if (++looked % inOneGo === 0) await new Promise((resolve) => setImmediate(resolve))
    if (list.length >= wanted || (sweep.method === 'random' && inRow >= patience)) break
    const setting = settingAt(point, base)
    const key = canonical(setting.spec)
    if (known.has(key)) {
      passed++
      inRow++
      continue
    }
    known.add(key)
    inRow = 0
    list.push(setting)
  }
  if (sweep.runs === undefined && list.length === mostSettings && all !== null && all > mostSettings) {
    throw new WorkbenchError('SWEEP_RUNS', `The grid has ${all} settings, at most ${mostSettings} are made`, {
      where: 'axes',
      remedy: 'Leave out values, or set method to random.',
    })
  }
  const strange = strangeKeys(
    list.map(({ spec }) => spec),
    space.map(({ key }) => key),
  )
  if (strange[0] !== undefined) {
    throw new WorkbenchError(
      'SWEEP_AXIS',
      `${strange[0]} means nothing for model.kind ${String(list[0]?.spec.model.kind)}`,
      {
        where: `axes, ${strange[0]}`,
        remedy: 'Leave out the axis, or choose another kind of model.',
      },
    )
  }
  return { list, all, notices: noticesOf(sweep, space, { made: list.length, passed, all }) }
}

function noticesOf(
  { runs, method }: Pick<SweepSpec, 'runs' | 'method'>,
  space: readonly Direction[],
  { made, passed, all }: { made: number; passed: number; all: number | null },
): string[] {
  const rounded = space.filter(({ rounds }) => rounds).map(({ key }) => key)
  const notices: string[] = []
  if (rounded.length > 0) notices.push(`${rounded.join(', ')}: rounded to whole numbers.`)
  const tooFew = runs !== undefined && made < runs
  // A sequence over a space that is used up comes back to the same points without an end.
  if (passed > 0 && (method === 'grid' || !tooFew)) {
    const why = rounded.length > 0 ? ', after rounding' : ''
    notices.push(`${passed === 1 ? 'One point equals' : `${passed} points equal`} an earlier one${why}: made once.`)
  }
  if (tooFew) {
    notices.push(`The space has only ${made} different settings: ${made}, not ${runs}.`)
  }
  if (method === 'grid' && all !== null && runs !== undefined && made === runs && made < all - passed) {
    notices.push(`The first ${made} of the ${all} settings of the grid.`)
  }
  return notices
}

type Point = readonly { key: string; value: unknown }[]

function settingAt(point: Point, base: JsonObject): Setting {
  const axes = point.map(({ key }) => key)
  // The kind of model and whole parts come first: the other keys are set within them.
  const ordered = point.toSorted((a, b) => rank(a.key) - rank(b.key))
  const full = ordered.reduce(
    (spec, { key, value }) => (isGone(spec, key, axes) ? spec : setAt(spec, key, value)),
    base,
  )
  const kept = point.filter(({ key }) => means(full, key, axes))
  const spec = ordered.reduce((at, { key, value }) => {
    return kept.some((one) => one.key === key) ? setAt(at, key, value) : at
  }, base)
  const settings = Object.fromEntries(kept.map(({ key, value }) => [key, value]))
  return { settings, spec: checked(ownKeys(spec).spec, point) }
}

const rank = (key: string): number => (key === 'model.kind' ? -1 : key.split('.').length)

/** Its part was taken away by an axis. */
const isGone = (spec: JsonObject, key: string, axes: readonly string[]): boolean =>
  axes.some((axis) => key.startsWith(`${axis}.`) && getAt(spec, axis) === null)

/** @throws SWEEP_SETTING, BAD_INPUT where it is the base's fault */
function checked(spec: unknown, point: Point): RunSpec {
  const { data, error } = runSpecSchema.safeParse(spec)
  if (data !== undefined) return data
  const [issue] = error.issues
  const at = issue?.path.join('.') ?? ''
  const message = issue?.message ?? 'unreadable'
  const axis = point.find(({ key }) => at === key || at.startsWith(`${key}.`) || key.startsWith(`${at}.`))
  const remedy = 'Correct it; no run was made.'
  if (axis === undefined) {
    if (point.length === 0) throw new WorkbenchError('BAD_INPUT', message, { where: `base, ${at}`, remedy })
    const said = point.map(({ key, value }) => `${key} ${JSON.stringify(value)}`).join(', ')
    throw new WorkbenchError('SWEEP_SETTING', `${at}: ${message}`, { where: `base with ${said}`, remedy })
  }
  throw new WorkbenchError('SWEEP_SETTING', `${axis.key} ${JSON.stringify(axis.value)}: ${message}`, {
    where: `axes, ${axis.key}`,
    remedy,
  })
}

interface Points {
  points: Iterable<Point>
  all: number | null
}

/** All combinations, the last axis fastest. */
function grid(space: readonly Direction[]): Points {
  const lists = space.map(({ key, axis }) => (isRange(axis) ? [] : axis.map((value) => ({ key, value }))))
  const all = lists.reduce((product, list) => product * list.length, 1)
  function* points(): Generator<Point> {
    for (let number = 0; number < all; number++) {
      let rest = number
      const point = lists.toReversed().map((list) => {
        const place = rest % list.length
        rest = Math.floor(rest / list.length)
        return list[place] ?? { key: '', value: null }
      })
      yield point.toReversed()
    }
  }
  return { points: points(), all }
}

/** Points of the low-discrepancy sequence, without an end. */
function sequence(space: readonly Direction[], seed: number): Points {
  function* points(): Generator<Point> {
    for (let index = 0; ; index++) {
      const places = haltonPoint(seed, index, space.length)
      yield space.map(({ key, at }, axis) => ({ key, value: at(places[axis] ?? 0) }))
    }
  }
  const lists = space.map(({ axis }) => (isRange(axis) ? null : axis.length))
  const all = lists.reduce<number | null>((product, n) => (product === null || n === null ? null : product * n), 1)
  return { points: points(), all }
}
