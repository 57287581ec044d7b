import { setImmediate } from 'node:timers/promises'
import { mostOfGroup, type SeedsAnswer } from '../../../shared/comparing'
import { identityOf } from '../../../shared/spec/identity'
import { runSpecSchema } from '../../../shared/spec/schema'
import type { Store } from '../../store/store'

/** Specs that are looked at before others have their turn: some milliseconds. */
const specsOfTurn = 100

/**
 * The runs that are kept of a run's spec, whatever their seeds and, of made data, the data's seed: itself among them.
 * @throws WorkbenchError RUN_NOT_FOUND, RUN_AMBIGUOUS
 */
export async function seedsOf(store: Store, reference: string): Promise<SeedsAnswer> {
  const run = await store.runs.detail(await store.runs.find(reference))
  const own = identityOf(run.spec, run.datasetInfo)
  const byId = await store.datasets.byId()
  const found: string[] = []
  for (const [nth, { id, spec, datasetId }] of (await store.runs.specsOf(run.kind, run.spec.epochs)).entries()) {
    if (nth % specsOfTurn === specsOfTurn - 1) await setImmediate()
    const dataset = datasetId === null ? null : (byId.get(datasetId) ?? null)
    // What another version wrote and this one cannot read is no seed of this spec.
    const { data } = runSpecSchema.safeParse(JSON.parse(spec))
    if (data !== undefined && (dataset === null) === (run.datasetInfo === null) && identityOf(data, dataset) === own) {
      found.push(id)
    }
  }
  return { runs: found.slice(0, mostOfGroup), total: found.length }
}
