import { describe, expect, it } from 'vitest'
import { groupRuns, sortGroups } from '../../../src/main/workbench/runGroups'
import type { GroupRow } from '../../../src/main/store/groupRows'
import { findKey } from '../../../src/main/query/keys'
import type { Dataset } from '../../../src/shared/datasets'
import { runSpecSchema } from '../../../src/shared/spec/schema'

const made = (seed: number) =>
  ({
    id: `data-${seed}`,
    name: `rectangles-${seed}`,
    hash: `hash-${seed}`,
    recipe: { kind: 'generated', generator: 'rectangles', counts: { train: 9, valid: 9, test: 9 }, options: {}, seed },
  }) as unknown as Dataset
const datasets = new Map([1, 2, 3].map((seed) => [`data-${seed}`, made(seed)]))
const datasetOf = (id: string) => datasets.get(id) ?? null

let count = 0
/** A run of `kind` by the seed, on data made by the data's seed. */
function row(kind: string, seed: number, data: number, error: number | null): GroupRow {
  const spec = runSpecSchema.parse({ model: { kind }, dataset: `rectangles-${data}`, seed, classifier: {} })
  const id = `run-${++count}`
  const values = [JSON.stringify(spec), `data-${data}`]
  return { id, name: id, created: '2026-11-29', seconds: 2, values, figures: { 'valid.error': error } }
}

describe('groups by spec', () => {
  it('share made data of any seed, which then has no one name; what tells them apart is in the key', async () => {
    const rows = [row('ae', 1, 1, 0.1), row('cae', 1, 1, 0.3), row('ae', 2, 2, 0.2), row('ae', 3, 3, 0.6)]
    const groups = await groupRuns(rows, 'spec', datasetOf)
    expect(groups.map(({ n, key }) => [n, key['model.kind'], 'dataset' in key, 'seed' in key])).toEqual([
      [3, 'ae', false, false],
      [1, 'cae', false, false],
    ])
    expect(groups[0]).toMatchObject({ runs: [rows[0]!.id, rows[2]!.id, rows[3]!.id], name: rows[0]!.id })
    expect(groups[0]!.valid.error).toMatchObject({ n: 3, mean: expect.closeTo(0.3, 12), min: 0.1, max: 0.6 })
    // 0.3 ± 4.3027 * 0.26458 / √3, Student's quantile of two degrees of freedom.
    expect(groups[0]!.valid.error!.interval).toEqual([expect.closeTo(-0.35724, 4), expect.closeTo(0.95724, 4)])
    expect(groups[1]!.valid.error).toMatchObject({ n: 1, std: null, interval: null })
    expect(groups[0]!.seconds).toMatchObject({ n: 3, mean: 2, std: 0, interval: [2, 2] })
  })

  it('of unlike data are apart, and named by it', async () => {
    const imported = { ...made(9), id: 'data-9', recipe: { kind: 'imported' } } as unknown as Dataset
    const other = { ...row('ae', 1, 1, 0.1), values: [row('ae', 1, 9, 0.1).values[0], 'data-9'] }
    const groups = await groupRuns([row('ae', 1, 1, 0.1), other], 'spec', (id) =>
      id === 'data-9' ? imported : datasetOf(id),
    )
    expect(groups.map(({ key }) => key['dataset'])).toEqual(['rectangles-1', 'rectangles-9'])
    expect(new Set(groups.map(({ key }) => key['spec'])).size).toBe(2)
  })
})

it('are sorted by a mean, those without it last either way, equal ones as they were', async () => {
  const rows = ['d', 'a', 'c', 'b'].map((kind, at) => ({
    ...row('ae', at, 1, [0.2, 0.1, null, 0.2][at]!),
    values: [kind],
  }))
  const groups = await groupRuns(rows, [{ ...findKey('dataset', '--group') }], datasetOf)
  const sorted = (down: boolean) =>
    sortGroups(groups, { key: findKey('valid.error', '--sort'), down }).map(({ key }) => key['dataset'])
  expect(sorted(false)).toEqual(['a', 'd', 'b', 'c'])
  expect(sorted(true)).toEqual(['d', 'b', 'a', 'c'])
  const byKey = sortGroups(groups, { key: findKey('dataset', '--sort'), down: true })
  expect(byKey.map(({ key }) => key['dataset'])).toEqual(['d', 'c', 'b', 'a'])
})
