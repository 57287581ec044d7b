import { WorkbenchError } from '../../shared/errors'
import { parseInput } from '../../shared/parse'
import { findPreset } from '../../shared/presets'
import {
  createRunRequestSchema,
  type CreateRunRequest,
  type Evaluation,
  type Metric,
  type RunDetail,
  type RunSummary,
} from '../../shared/runs'
import type { DeviceChoice } from '../../shared/devices'
import { misfit } from '../../shared/spec/fits'
import { readSpec } from '../../shared/spec/read'
import type { RunSpecInput } from '../../shared/spec/schema'
import { openDatasetFile } from '../datasets/datasetFile'
import { selectPredictions } from '../store/results'
import type { Store } from '../store/store'
import type { PredictionPage, Workbench } from '../api/workbench'
import type { DatasetService } from './datasets'
import type { EventBus } from './events'
import { freshDataOf } from './freshData'
import type { RunQueue } from './queue'

interface Dependencies {
  store: Store
  events: EventBus
  datasets: DatasetService
  queue: RunQueue
}

export interface CreateOptions {
  /** The caller carries the run out itself: no queue takes it. */
  hold?: boolean
  signal?: AbortSignal
}

/** A user's acts on runs; a reference is an id, a unique prefix of one, or a unique name. */
export class RunService {
  constructor(private readonly dependencies: Dependencies) {}

  list(options: { deleted: boolean }): Promise<RunSummary[]> {
    return this.#store.runs.list(options)
  }

  async get(reference: string): Promise<RunDetail> {
    return this.#store.runs.detail(await this.#store.runs.find(reference))
  }

  async metrics(reference: string): Promise<Metric[]> {
    return this.#store.metrics.list(await this.#store.runs.find(reference))
  }

  async results(reference: string): Promise<Evaluation[]> {
    return this.#store.results.list(await this.#store.runs.find(reference))
  }

  async predictions(query: Parameters<Workbench['runs']['predictions']>[0]): Promise<PredictionPage> {
    const run = await this.get(query.run)
    const stored = await this.#store.results.predictions(run.id, query.split)
    const dataset = run.datasetInfo
    if (stored === null || dataset === null) {
      throw new WorkbenchError('NO_PREDICTIONS', `${run.name} has no predictions of the ${query.split} split`, {
        remedy: 'Only a finished classifier whose dataset is kept has them.',
      })
    }
    const { total, rows } = selectPredictions(stored, query)
    const file = await openDatasetFile(this.#store.datasets.path(dataset))
    const { x } = await file.rows(
      query.split,
      rows.map((row) => row.index),
    )
    return { total, rows, classes: dataset.classes ?? [], shape: dataset.shape, images: x }
  }

  /**
   * Makes a run, every default written out; a preset makes its dataset first.
   * @throws WorkbenchError BAD_INPUT, DATASET_NOT_FOUND, SPEC_DATASET, SOURCE_MISSING; nothing is stored then
   */
  async create(request: CreateRunRequest, { hold = false, signal }: CreateOptions = {}): Promise<RunSummary> {
    const { spec: written, name, device, preset } = parseInput(createRunRequestSchema, request, 'run')
    const completed = preset === undefined ? written : await this.#withDataset(preset, written, signal)
    const spec = readSpec(completed, 'spec')
    const dataset = await this.#store.datasets.find(spec.dataset)
    const wrong = misfit(spec, dataset)
    if (wrong !== null)
      throw new WorkbenchError('SPEC_DATASET', wrong.message, { where: wrong.path, remedy: wrong.remedy })
    await freshDataOf(spec, dataset, this.#store.datasets)
    const run = await this.#store.runs.create({
      name: name ?? (await this.#freeName(preset ?? spec.model.kind)),
      spec: { ...spec, dataset: dataset.name },
      dataset,
      requestedDevice: device,
      status: 'queued',
      hold,
    })
    return this.#changed(run.id)
  }

  async cancel(reference: string): Promise<RunSummary> {
    const id = await this.#store.runs.find(reference)
    if (!(await this.dependencies.queue.cancel(id))) await this.#store.runs.requestCancel(id)
    return this.#changed(id)
  }

  resume(reference: string): Promise<RunSummary> {
    return this.prepareResume(reference, undefined, { hold: false })
  }

  /** Makes an unfinished run ready to go on. @throws WorkbenchError RUN_NOT_RESUMABLE */
  async prepareResume(
    reference: string,
    device: DeviceChoice | undefined,
    { hold = false }: CreateOptions = {},
  ): Promise<RunSummary> {
    const id = await this.#store.runs.find(reference)
    await this.#store.leases.markInterrupted(this.dependencies.queue.running)
    if (!(await this.#store.runs.enqueue(id, { requestedDevice: device, hold }))) {
      const { name, status } = await this.#store.runs.summary(id)
      throw new WorkbenchError('RUN_NOT_RESUMABLE', `${name} is ${status}`, {
        remedy: status === 'done' ? 'It is finished; duplicate it to train again.' : 'Nothing to resume.',
      })
    }
    return this.#changed(id)
  }

  async rename(reference: string, name: string): Promise<RunSummary> {
    const id = await this.#store.runs.find(reference)
    await this.#store.runs.rename(id, name)
    return this.#changed(id)
  }

  async remove(reference: string): Promise<RunSummary> {
    const id = await this.#store.runs.find(reference)
    await this.#store.runs.remove(id)
    return this.#changed(id)
  }

  async restore(reference: string): Promise<RunSummary> {
    const id = await this.#store.runs.find(reference)
    await this.#store.runs.restore(id)
    return this.#changed(id)
  }

  get #store(): Store {
    return this.dependencies.store
  }

  /** The spec as written (the preset's where none is) with the dataset that the preset makes, unless one is named. */
  async #withDataset(name: string, written: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    const preset = findPreset(name)
    const spec = (written ?? preset.spec) as Partial<RunSpecInput>
    // What is no object, the schema refuses with its place.
    if (typeof spec !== 'object' || 'dataset' in spec) return spec
    if (preset.data === null) {
      throw new WorkbenchError('DATASET_NEEDED', `The preset ${name} trains on a set of yours`, {
        remedy: 'Import one and name it: --dataset NAME.',
      })
    }
    // Data is made for a spec that will be taken.
    const { seed } = readSpec({ ...spec, dataset: 'of the preset' }, 'spec')
    const dataset = await this.dependencies.datasets.forPreset({ ...preset.data, seed }, signal)
    return { ...spec, dataset: dataset.name }
  }

  /** `quick-3`: the base and the first number that no run has. */
  async #freeName(base: string): Promise<string> {
    const [kept, binned] = await Promise.all([this.list({ deleted: false }), this.list({ deleted: true })])
    const taken = new Set([...kept, ...binned].map((run) => run.name))
    let number = 1
    while (taken.has(`${base}-${number}`)) number++
    return `${base}-${number}`
  }

  async #changed(id: string): Promise<RunSummary> {
    const run = await this.#store.runs.summary(id)
    this.dependencies.events.emit({ type: 'run', run })
    void this.dependencies.queue.look()
    return run
  }
}
