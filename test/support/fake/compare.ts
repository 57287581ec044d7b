import type { Workbench } from '../../../src/main/api/workbench'
import { formatReference, type Compared } from '../../../src/shared/comparing'
import type { RunDetail } from '../../../src/shared/runs'

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
  }
}
