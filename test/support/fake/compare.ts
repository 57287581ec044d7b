import type { Workbench } from '../../../src/main/api/workbench'
import { formatReference, type Compared } from '../../../src/shared/comparing'
import { measures } from '../../../src/shared/measures'
import type { RunDetail } from '../../../src/shared/runs'
import { getAt } from '../../../src/shared/spec/paths'
import { settingPaths } from '../../../src/shared/spec/settings'
import { rectangle } from './pictures'

/** Made-up runs side by side. */
export function fakeCompare(findRun: (reference: string) => RunDetail): Workbench['compare'] {
  return {
    items: async ({ items }) => ({
      items: items.map(({ group, runs }): Compared => {
        const found = runs.map(findRun)
        const [first] = found
        return {
          id: formatReference({ group, runs: found.map(({ id }) => id) }),
          reference: formatReference({ group, runs }),
          isGroup: group,
          name: first!.name,
          slot: first!.slot,
          dash: 0,
          runs: found,
        }
      }),
      faults: [],
    }),
    seeds: async ({ run }) => ({ runs: [findRun(run).id], total: 1 }),
    overview: async ({ items }) => {
      const runs = items.map(({ runs: [run] }) => findRun(run!))
      return {
        items: items.map(formatReference),
        settings: settingPaths.map((key) => {
          const cells = runs.map(({ spec }) => [getAt(spec, key) ?? null])
          return { key, cells, differs: new Set(cells.map((cell) => JSON.stringify(cell))).size > 1 }
        }),
        measures: measures.map(({ key, read }) => ({
          key,
          cells: runs.map((run) => {
            const found = read(run)
            return found && { value: found.value, interval: found.interval, std: null, runs: 1, images: found.n }
          }),
          best: key === 'valid.error' ? [runs[0]!.id] : [],
        })),
        notices: [],
      }
    },
    tests: async ({ items }) => {
      const [a, b] = items.map(({ runs: [run] }) => findRun(run!).id)
      const test = { kind: 'images' as const, n: 10_000, onlyA: 12, onlyB: 30, p: 0.0081, difference: -0.0018 }
      return {
        tests: [{ ...test, a: a!, b: b!, interval: [-0.0031, -0.0005], pHolm: null }],
        comparisons: 1,
        bootstrap: { samples: 10_000, seed: 1 },
        notices: [],
      }
    },
    images: async ({ at, count }) => {
      const rows = Array.from({ length: Math.min(count, 12) }, (_, nth) => ({
        index: at + nth,
        label: 0,
        predicted: 1,
      }))
      return {
        ...{ total: 12, other: 30, n: 10_000, bothWrong: 20, classes: ['tall', 'wide'], rows, shape: [28, 28] },
        images: Float32Array.from(rows.flatMap(({ index }) => [...rectangle(index).pixels])),
      }
    },
  }
}
