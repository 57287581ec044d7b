import { WorkbenchError } from '../../shared/errors'
import { kindOf } from '../../shared/kinds'
import type { SavedModelMetadata } from '../../shared/model'
import type { ImportWeights } from '../../shared/weights'
import { runSpecSchema, type RunSpec } from '../../shared/spec/schema'
import type { ImportedModel, ModelsApi } from '../api/models'
import type { RunReference } from '../api/runs'
import type { Store } from '../store/store'
import type { AnalystClient } from './analystClient'
import { classNamesOf } from './classNames'
import type { EventBus } from './events'
import { finalCheckpoint } from './plan'

/** Weights from and to Python: an .npz with the names and shapes of docs/theory.md. */
export class ModelService implements ModelsApi {
  constructor(private readonly dependencies: { store: Store; events: EventBus; analyst: AnalystClient }) {}

  /** Weights that were trained elsewhere. */
  import(weights: ImportWeights): Promise<ImportedModel> {
    return this.importFrom('imported weights', weights)
  }

  /** @param origin stands where a run names its dataset */
  async importFrom(origin: string, { file, bytes, name, kind }: ImportWeights): Promise<ImportedModel> {
    const { store, events, analyst } = this.dependencies
    const folder = store.paths.checkpoints
    const read = await analyst.call({ method: 'importWeights', file, bytes, kind: kind ?? null, folder })
    const { checkpoint, model, assumed } = read
    const spec = specOf(model, origin)
    const run = await store.runs.create({ name, spec, dataset: null, requestedDevice: 'auto', status: 'done' })
    const phase = model.classes === null ? 'pretrain' : 'fit'
    await store.checkpoints.adopt(run.id, 0, { ...checkpoint, phase, class: null, epoch: 0, final: true })
    events.emit({ type: 'run', run })
    return { run, notes: assumed }
  }

  /** @throws WorkbenchError RUN_UNFINISHED */
  async export(reference: RunReference): Promise<Uint8Array> {
    const { store, analyst } = this.dependencies
    const run = await store.runs.detail(await store.runs.find(reference.run))
    const checkpoint = finalCheckpoint(run.spec, await store.checkpoints.list(run.id))
    if (checkpoint === null) {
      throw new WorkbenchError('RUN_UNFINISHED', `${run.name} has no finished model yet (it is ${run.status})`, {
        remedy: `Go on with: gae-workbench resume ${run.id}`,
      })
    }
    const classes = await classNamesOf(run, checkpoint.path)
    return analyst.call({ method: 'exportWeights', checkpoint: checkpoint.path, classes })
  }
}

/** What an imported model says of itself, as a spec; the rest are defaults that nothing reads. */
function specOf({ description, classes, energy, preprocess }: SavedModelMetadata, origin: string): RunSpec {
  const said = Object.entries(description).filter(
    ([key, value]) => key in kindOf(description.kind).keys && value !== null,
  )
  return runSpecSchema.parse({
    model: { kind: description.kind, ...Object.fromEntries(said) },
    preprocess,
    dataset: origin,
    ...(classes === null ? {} : { classifier: { energy } }),
  })
}
