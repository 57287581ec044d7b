import { createHash } from 'node:crypto'
import { groupedFigures, type RunGroup, type Spread, type SplitSpread } from '../../shared/runGroups'
import type { Dataset } from '../../shared/datasets'
import { present } from '../../shared/present'
import { identityOf } from '../../shared/spec/identity'
import { canonical } from '../../shared/spec/paths'
import { runSpecSchema, type RunSpec } from '../../shared/spec/schema'
import { differentSettings } from '../../shared/spec/settings'
import type { Sort } from '../query/expression'
import type { GroupBy } from '../query/groupBy'
import { meanInterval, moments } from '../statistics/student'
import type { GroupRow } from '../store/groupRows'

interface Grouped {
  key: Record<string, unknown>
  rows: readonly [GroupRow, ...GroupRow[]]
}

/** Where groups of equal rank stand as they were: newest run first. */
export async function groupRuns(
  rows: readonly GroupRow[],
  by: GroupBy,
  datasetOf: (id: string) => Dataset | null,
): Promise<RunGroup[]> {
  const grouped =
    by === 'spec'
      ? bySpec(rows, datasetOf)
      : byKeys(
          rows,
          by.map(({ path, type }) => ({ path, type })),
        )
  return Promise.all(grouped.map(groupOf))
}

function byKeys(rows: readonly GroupRow[], keys: readonly { path: string; type: string }[]): Grouped[] {
  return collected(rows, ({ values }) => canonical(values)).map(({ rows: own }) => {
    const [{ values }] = own
    // SQLite has no truth values.
    const told = keys.map(({ path, type }, at) => [
      path,
      type === 'boolean' && values[at] !== null ? Boolean(values[at]) : values[at],
    ])
    return { key: Object.fromEntries(told) as Record<string, unknown>, rows: own }
  })
}

/** What `bySpec` reads of a run, as `GroupRow.values`. */
export const specValues = ['runs.spec', 'runs.dataset_id'] as const

interface Identified {
  identity: string
  /** Null where another version wrote it and this one cannot read it. */
  spec: RunSpec | null
}

function bySpec(rows: readonly GroupRow[], datasetOf: (id: string) => Dataset | null): Grouped[] {
  const read = new Map<string, Identified>()
  const identified = new Map(rows.map((row) => [row.id, identify(row, datasetOf, read)]))
  const of = ({ id }: GroupRow) => present(identified.get(id))
  const groups = collected(rows, (row) => of(row).identity)
  const specs = groups.map(({ rows: [first] }) => of(first).spec)
  const differing = differentSettings(specs.filter((spec) => spec !== null)).filter(({ path }) => path !== 'seed')
  let readable = 0
  return groups.map(({ key, rows: own }, at) => {
    const nth = specs[at] === null ? null : readable++
    // Made data of another seed is another dataset: a group of several has no one name of it.
    const isOnOne = new Set(own.map((row) => of(row).spec?.dataset)).size === 1
    const shared = differing.filter(({ path }) => path !== 'dataset' || isOnOne)
    const settings = nth === null ? [] : shared.map(({ path, values }) => [path, values[nth] ?? null])
    const spec = createHash('sha256').update(key).digest('hex').slice(0, 12)
    return { key: { spec, ...(Object.fromEntries(settings) as Record<string, unknown>) }, rows: own }
  })
}

/** @param read what was read before: runs of other seeds alone are read once */
function identify(
  { values }: GroupRow,
  datasetOf: (id: string) => Dataset | null,
  read: Map<string, Identified>,
): Identified {
  const [spec, datasetId] = values as [string, string | null]
  const written = JSON.parse(spec) as Record<string, unknown>
  const { seed: _, ...rest } = written
  const text = `${datasetId} ${JSON.stringify(rest)}`
  const known = read.get(text)
  if (known !== undefined) return known
  const { data = null } = runSpecSchema.safeParse(written)
  const dataset = datasetId === null ? null : datasetOf(datasetId)
  const found = { identity: data === null ? text : identityOf(data, dataset), spec: data }
  read.set(text, found)
  return found
}

/** Rows by a text, in the order in which each text comes first. */
function collected(
  rows: readonly GroupRow[],
  textOf: (row: GroupRow) => string,
): { key: string; rows: [GroupRow, ...GroupRow[]] }[] {
  const groups = new Map<string, [GroupRow, ...GroupRow[]]>()
  for (const row of rows) {
    const key = textOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups].map(([key, own]) => ({ key, rows: own }))
}

async function groupOf({ key, rows }: Grouped): Promise<RunGroup> {
  return {
    key,
    n: rows.length,
    runs: rows.map(({ id }) => id),
    name: rows[0].name,
    created: rows[0].created,
    valid: await splitOf(rows, 'valid'),
    test: await splitOf(rows, 'test'),
    seconds: await spreadOf(rows.map(({ seconds }) => (seconds > 0 ? seconds : null))),
  }
}

async function splitOf(rows: readonly GroupRow[], split: 'valid' | 'test'): Promise<SplitSpread> {
  const spreads = await Promise.all(
    groupedFigures.map(async (figure) => [
      figure,
      await spreadOf(rows.map(({ figures }) => figures[`${split}.${figure}`])),
    ]),
  )
  return Object.fromEntries(spreads) as SplitSpread
}

async function spreadOf(values: readonly (number | null)[]): Promise<Spread | null> {
  const found = values.filter((value) => value !== null)
  if (found.length === 0) return null
  return { ...moments(found), interval: await meanInterval(found), min: Math.min(...found), max: Math.max(...found) }
}

/** Groups by a key, those without a value last either way; equal ones as they were. */
export function sortGroups(groups: readonly RunGroup[], { key, down }: Sort): RunGroup[] {
  const valued = groups.map((group) => ({ group, value: valueOf(group, key.path) }))
  const order = (a: unknown, b: unknown): number => {
    if (typeof a === 'string' && typeof b === 'string')
      return a.toLowerCase() < b.toLowerCase() ? -1 : Number(a.toLowerCase() > b.toLowerCase())
    return Number(a) - Number(b)
  }
  valued.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    return down ? order(b.value, a.value) : order(a.value, b.value)
  })
  return valued.map(({ group }) => group)
}

function valueOf(group: RunGroup, path: string): unknown {
  if (path in group.key) return group.key[path] ?? null
  if (path === 'name' || path === 'created') return group[path]
  if (path === 'seconds') return group.seconds?.mean ?? null
  const [split, figure] = path.split('.')
  if (split !== 'valid' && split !== 'test') return null
  return group[split][figure as keyof SplitSpread]?.mean ?? null
}
