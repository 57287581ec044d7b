import type { z } from 'zod'
import type { Dataset } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { parseInput } from '../../shared/parse'
import type { TagRequest } from '../../shared/remarks'
import { findPreset } from '../../shared/presets'
import {
  createRunRequestSchema,
  type CreateRunRequest,
  type Evaluation,
  type MemoryAnswer,
  type MemoryRequest,
  type Metric,
  type PredictionQuery,
  type RunDetail,
  type RunSummary,
} from '../../shared/runs'
import type { RunGroup } from '../../shared/runGroups'
import type { DeviceChoice } from '../../shared/devices'
import { misfit } from '../../shared/spec/fits'
import { ownKeys, readSpec } from '../../shared/spec/read'
import { getAt, setAt } from '../../shared/spec/paths'
import { takesPairs } from '../../shared/kinds'
import { runSpecSchema, type RunSpec, type RunSpecInput } from '../../shared/spec/schema'
import type { PredictionPage, RunReference, RunsApi } from '../api/runs'
import type { DatasetSize } from '../training/memory/memoryNeed'
import { madeSize } from '../datasets/madeSize'
import { openDatasetFile } from '../datasets/datasetFile'
import type { ReadQuery } from '../query/query'
import { selectPredictions } from '../store/results'
import type { RunPage } from '../store/runPage'
import type { Store } from '../store/store'
import type { DatasetService } from './datasets'
import type { DeviceService } from './devices'
import type { EventBus } from './events'
import { checkValidationClasses } from './validationClasses'
import { freshDataOf } from './freshData'
import type { MachineMemory } from './machineMemory'
import { demandMemory, memoryAnswer } from './memory'
import type { RunQueue } from './queue'

const isUnfinished = ({ status }: RunSummary): boolean =>
  status === 'cancelled' || status === 'failed' || status === 'interrupted'

/** Stands for the dataset that a preset makes, until it has a name. */
const madeName = 'of the preset'

/** Which runs, in which order: texts of the filter language (docs/filter.md). */
interface RunQuery {
  inBin: boolean
  filter?: string | undefined
  /** A key, with - before it downwards; absent: newest first. */
  sort?: string | undefined
  /** Absent: all. */
  limit?: number | undefined
  offset?: number | undefined
}

interface GroupPage {
  groups: RunGroup[]
  /** How many there are on all pages. */
  total: number
  notices: string[]
}

const all: ReadQuery = { where: null, order: null, notices: [] }

interface Dependencies {
  store: Store
  events: EventBus
  datasets: DatasetService
  queue: RunQueue
  machine: () => MachineMemory
  devices: Pick<DeviceService, 'choose'>
}

/** A user's acts on runs; a reference is an id, a unique prefix of one, or a unique name. */
export class RunService implements RunsApi {
  constructor(private readonly dependencies: Dependencies) {}

  list(options: { inBin: boolean }): Promise<RunSummary[]> {
    return this.#store.runs.list(options)
  }

  /**
   * A page of the runs that a filter takes, and what is to be said of how they were chosen.
   * @throws WorkbenchError FILTER
   */
  async page({ inBin, filter, sort, limit, offset }: RunQuery): Promise<RunPage & { notices: string[] }> {
    const isPlain = filter === undefined && sort === undefined
    // The grammar is made where it is asked for: most commands know no filter.
    const { notices, ...query } = isPlain ? all : (await import('../query/query')).readQuery(filter, sort)
    const page = await this.#store.runs.page({ ...query, inBin, limit: limit ?? null, offset: offset ?? 0 })
    return { ...page, notices }
  }

  /**
   * Runs that a filter takes as groups, and what is to be said of how they were chosen.
   * @param group KEY,... or spec: the spec without its seeds
   * @throws WorkbenchError FILTER
   */
  async groups({ inBin, filter, sort, limit, offset, group }: RunQuery & { group: string }): Promise<GroupPage> {
    const { readGroupQuery } = await import('../query/query')
    const { where, by, order, notices } = readGroupQuery(filter, sort, group)
    const { groupRuns, sortGroups, specValues } = await import('./runGroups')
    const values = by === 'spec' ? specValues : by.map(({ sql }) => sql)
    const rows = await this.#store.runs.groupRows({ inBin, where }, values)
    const datasets = by === 'spec' ? await this.#store.datasets.byId() : new Map<string, Dataset>()
    const groups = await groupRuns(rows, by, (id) => datasets.get(id) ?? null)
    const sorted = order === null ? groups : sortGroups(groups, order)
    const first = offset ?? 0
    return { groups: sorted.slice(first, first + (limit ?? sorted.length)), total: groups.length, notices }
  }

  async get({ run }: RunReference): Promise<RunDetail> {
    return this.#store.runs.detail(await this.#store.runs.find(run))
  }

  async metrics({ run }: RunReference): Promise<Metric[]> {
    return this.#store.metrics.list(await this.#store.runs.find(run))
  }

  async results({ run }: RunReference): Promise<Evaluation[]> {
    return this.#store.results.list(await this.#store.runs.find(run))
  }

  async predictions(query: PredictionQuery): Promise<PredictionPage> {
    const run = await this.get(query)
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
   * @throws WorkbenchError BAD_INPUT, DATASET_NOT_FOUND, SPEC_DATASET, CLASS_EMPTY, SOURCE_MISSING; nothing is stored then
   */
  create(request: CreateRunRequest): Promise<RunSummary> {
    return this.#create(request, false)
  }

  /** Makes a run that the caller carries out itself: no queue takes it. */
  createHeld(request: CreateRunRequest, signal?: AbortSignal): Promise<RunSummary> {
    return this.#create(request, true, signal)
  }

  async memory({ spec: written, preset }: MemoryRequest): Promise<MemoryAnswer | null> {
    const data = preset === undefined || getAt(written, 'dataset') !== undefined ? null : findPreset(preset).data
    const { spec: own } = ownKeys(data === null ? written : setAt(written, 'dataset', madeName))
    const { data: spec } = runSpecSchema.safeParse(own)
    if (spec === undefined) return null
    const dataset = data === null ? await this.#store.datasets.find(spec.dataset).catch(() => null) : madeSize(data)
    if (dataset === null || takesPairs(spec.model.kind) !== (dataset.targetShape !== null)) return null
    return memoryAnswer(spec, dataset, this.dependencies.machine())
  }

  async cancel({ run }: RunReference): Promise<RunSummary> {
    const id = await this.#store.runs.find(run)
    if (!(await this.dependencies.queue.cancel(id))) await this.#store.runs.requestCancel(id)
    return this.#changed(id)
  }

  /** Queues an unfinished run again. @throws WorkbenchError RUN_NOT_RESUMABLE, DEVICE_UNAVAILABLE, MEMORY; nothing changes then */
  resume(reference: RunReference): Promise<RunSummary> {
    return this.#resume(reference, undefined, false)
  }

  /** Makes an unfinished run ready for the caller to go on with. @throws WorkbenchError RUN_NOT_RESUMABLE */
  resumeHeld(reference: RunReference, device: DeviceChoice | undefined): Promise<RunSummary> {
    return this.#resume(reference, device, true)
  }

  async rename({ run, name }: RunReference & { name: string }): Promise<RunSummary> {
    const id = await this.#store.runs.find(run)
    await this.#store.runs.rename(id, name)
    return this.#tell(id)
  }

  /** @throws WorkbenchError TOO_MANY_TAGS */
  async tag({ runs, ...change }: TagRequest): Promise<RunSummary[]> {
    const ids = [...new Set(await Promise.all(runs.map((run) => this.#store.runs.find(run))))]
    await this.#store.remarks.tag(ids, change)
    return Promise.all(ids.map((id) => this.#tell(id)))
  }

  async note({ run, note }: RunReference & { note: string | null }): Promise<RunSummary> {
    const id = await this.#store.runs.find(run)
    await this.#store.remarks.note(id, note)
    return this.#tell(id)
  }

  async moveToBin({ run }: RunReference): Promise<RunSummary> {
    const id = await this.#store.runs.find(run)
    await this.#store.runs.moveToBin(id)
    return this.#changed(id)
  }

  async restore({ run }: RunReference): Promise<RunSummary> {
    const id = await this.#store.runs.find(run)
    await this.#store.runs.restore(id)
    return this.#changed(id)
  }

  /** @throws MEMORY */
  #demand(spec: RunSpec, dataset: DatasetSize, now: boolean): void {
    demandMemory(memoryAnswer(spec, dataset, this.dependencies.machine(), { of: now ? 'free' : 'whole' }))
  }

  /** @throws DEVICE_UNAVAILABLE */
  async #demandDevice(device: DeviceChoice): Promise<void> {
    if (device !== 'auto') await this.dependencies.devices.choose(device, null)
  }

  get #store(): Store {
    return this.dependencies.store
  }

  async #create(request: CreateRunRequest, hold: boolean, signal?: AbortSignal): Promise<RunSummary> {
    const asked = parseInput(createRunRequestSchema, request, 'run')
    const { name, device, preset } = asked
    const completed = await this.#withDataset(asked, signal)
    const spec = readSpec(completed, 'spec')
    const dataset = await this.#store.datasets.find(spec.dataset)
    const wrong = misfit(spec, dataset)
    if (wrong !== null)
      throw new WorkbenchError('SPEC_DATASET', wrong.message, { where: wrong.path, remedy: wrong.remedy })
    await checkValidationClasses(spec, dataset, this.#store.datasets.path(dataset))
    this.#demand(spec, dataset, hold)
    // One that waits for its turn may wait for its device too.
    if (hold) await this.#demandDevice(device)
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

  async #resume({ run }: RunReference, device: DeviceChoice | undefined, hold: boolean): Promise<RunSummary> {
    const id = await this.#store.runs.find(run)
    await this.#store.leases.listen(id, this.dependencies.queue.running)
    const before = await this.#store.runs.detail(id)
    if (isUnfinished(before)) {
      // It stays as it was where it could not go on.
      if (before.datasetInfo !== null) this.#demand(before.spec, before.datasetInfo, hold)
      await this.#demandDevice(device ?? before.requestedDevice)
    }
    if (!(await this.#store.runs.enqueue(id, { requestedDevice: device, hold }))) {
      const { name, status } = await this.#store.runs.summary(id)
      throw new WorkbenchError('RUN_NOT_RESUMABLE', `${name} is ${status}`, {
        remedy: status === 'done' ? 'It is finished; duplicate it to train again.' : 'Nothing to resume.',
      })
    }
    return this.#changed(id)
  }

  /** The spec as written (the preset's where none is) with the dataset that the preset makes, unless one is named. */
  async #withDataset(
    { preset: name, spec: written, dataSeed }: z.output<typeof createRunRequestSchema>,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const preset = name === undefined ? null : findPreset(name)
    const spec = (written ?? preset?.spec) as Partial<RunSpecInput> | undefined
    // What is no object, the schema refuses with its place.
    if (preset === null || typeof spec !== 'object' || 'dataset' in spec) {
      if (dataSeed === undefined) return spec
      throw new WorkbenchError('USAGE', 'A seed of the data is one of data that a preset makes', {
        where: 'dataSeed',
        remedy: 'Leave out the data seed or the dataset.',
      })
    }
    if (preset.data === null) {
      throw new WorkbenchError('DATASET_NEEDED', `The preset ${preset.name} trains on a set of yours`, {
        remedy: 'Import one and name it: --dataset NAME.',
      })
    }
    // Data is made for a spec that will be taken.
    const whole = readSpec({ ...spec, dataset: madeName }, 'spec')
    this.#demand(whole, madeSize(preset.data), false)
    const { seed } = whole
    const dataset = await this.dependencies.datasets.forPreset({ ...preset.data, seed: dataSeed ?? seed }, signal)
    return { ...spec, dataset: dataset.name }
  }

  /** `quick-3`: the base and the first number that no run has. */
  async #freeName(base: string): Promise<string> {
    const taken = new Set(await this.#store.runs.namesAfter(base))
    let number = 1
    while (taken.has(`${base}-${number}`)) number++
    return `${base}-${number}`
  }

  /** Tells the windows, and the queue. */
  async #changed(id: string): Promise<RunSummary> {
    const run = await this.#tell(id)
    void this.dependencies.queue.look()
    return run
  }

  async #tell(id: string): Promise<RunSummary> {
    const run = await this.#store.runs.summary(id)
    this.dependencies.events.emit({ type: 'run', run })
    return run
  }
}
