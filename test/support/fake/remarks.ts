import type { RunsApi } from '../../../src/main/api/runs'
import type { RunDetail, RunSummary } from '../../../src/shared/runs'

/** What a user says of runs: their names, tags and notes. */
export const fakeRemarks = (
  find: (reference: string) => RunDetail,
  change: (reference: string, over: Partial<RunDetail>) => Promise<RunSummary>,
): Pick<RunsApi, 'rename' | 'tag' | 'note'> => ({
  rename: ({ run, name }) => change(run, { name }),
  tag: ({ runs, add, remove }) =>
    Promise.all(
      runs.map((run) => {
        const kept = find(run).tags.filter((tag) => !remove.includes(tag) && !add.includes(tag))
        return change(run, { tags: [...kept, ...add].sort() })
      }),
    ),
  note: ({ run, note }) => change(run, { note }),
})
