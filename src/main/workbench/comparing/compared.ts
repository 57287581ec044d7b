import { WorkbenchError, toErrorData } from '../../../shared/errors'
import {
  formatReference,
  mostOfGroup,
  type Compared,
  type ComparedAnswer,
  type ComparedFault,
  type ComparedReference,
} from '../../../shared/comparing'
import type { RunDetail } from '../../../shared/runs'
import type { Store } from '../../store/store'
import { groupName, namesApart } from './names'

/** Runs of all that is compared: what main and page hold at once. */
const mostRuns = 400

interface Found {
  reference: ComparedReference
  runs: RunDetail[]
}

/** Newest first, as everywhere. */
const newestFirst = (a: RunDetail, b: RunDetail) => b.created.localeCompare(a.created) || b.id.localeCompare(a.id)

/**
 * The runs and groups that references mean. What is not there, is ambiguous or is named twice is told, and the rest is
 * compared without it.
 * @throws WorkbenchError BAD_INPUT of too many runs
 */
export async function comparedOf(store: Store, references: readonly ComparedReference[]): Promise<ComparedAnswer> {
  const count = references.reduce((sum, { runs }) => sum + runs.length, 0)
  if (count > mostRuns) throw tooMany(count)
  const faults: ComparedFault[] = []
  const found: Found[] = []
  const ids = new Set<string>()
  for (const reference of references) {
    const runs = await runsOf(store, reference, faults)
    if (runs.length === 0) continue
    const id = idOf(reference.group, runs)
    if (ids.has(id)) faults.push({ reference: formatReference(reference), error: twice(runs) })
    else found.push({ reference, runs })
    ids.add(id)
  }
  return { items: itemsOf(found), faults }
}

const idOf = (group: boolean, runs: readonly RunDetail[]): string =>
  formatReference({ group, runs: runs.map(({ id }) => id) })

async function runsOf(store: Store, { runs }: ComparedReference, faults: ComparedFault[]): Promise<RunDetail[]> {
  const found = new Map<string, RunDetail>()
  for (const reference of runs) {
    try {
      const id = await store.runs.find(reference)
      found.set(id, await store.runs.detail(id))
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error
      faults.push({ reference, error: toErrorData(error) })
    }
  }
  return [...found.values()].sort(newestFirst)
}

function itemsOf(found: readonly Found[]): Compared[] {
  const names = namesApart(
    found.map(({ reference, runs }) => ({
      name: reference.group ? groupName(runs.map(({ name }) => name)) : runs[0].name,
      id: runs[0].id,
    })),
  )
  return found.map(({ reference, runs }, place) => ({
    id: idOf(reference.group, runs),
    reference: formatReference(reference),
    isGroup: reference.group,
    name: names[place],
    slot: runs[0].slot,
    dash: found.slice(0, place).filter((other) => other.runs[0].slot === runs[0].slot).length,
    runs,
  }))
}

const twice = (runs: readonly RunDetail[]) =>
  new WorkbenchError('BAD_INPUT', `${runs[0].name} is named twice`, { remedy: 'It is shown once.' }).toData()

const tooMany = (count: number) =>
  new WorkbenchError('BAD_INPUT', `${count} runs in all are too many: ${mostRuns} at most`, {
    where: 'compare',
    remedy: `Compare fewer groups, or groups of fewer runs (${mostOfGroup} at most).`,
  })
