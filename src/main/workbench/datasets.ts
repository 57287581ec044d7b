import { isDeepStrictEqual } from 'node:util'
import type { Dataset, DatasetSummary, ImagePage, ImportPreview, ImportRequest } from '../../shared/datasets'
import {
  generateRequestSchema,
  type GeneratedPreview,
  type GenerateRequest,
  type GenerateRequestInput,
} from '../../shared/generators'
import type { DatasetPage, DatasetPart, DatasetReference, DatasetsApi } from '../api/datasets'
import type { GreyFrames } from '../datasets/greyFrame'
import { openDatasetFile } from '../datasets/datasetFile'
import { exportDataset } from '../datasets/exportDataset'
import { generateDataset, type SourceDataset } from '../datasets/generateDataset'
import { completeOptions } from '../datasets/generators/makeGenerator'
import { previewGenerated } from '../datasets/previewGenerated'
import { importDataset, previewImport } from '../datasets/importDataset'
import { summarise } from '../datasets/summary'
import type { Preset } from '../../shared/presets'
import { WorkbenchError } from '../../shared/errors'
import { nameTaken, type NewDataset } from '../store/datasets'
import type { Store } from '../store/store'
import type { EventBus } from './events'

interface Dependencies {
  store: Store
  events: EventBus
  /** Decodes image files that are imported. */
  greyFrames: GreyFrames
}

/** The dataset that a preset makes for itself, and its seed. */
export type PresetData = NonNullable<Preset['data']> & { seed: number }

interface Work {
  signal?: AbortSignal | undefined
  onProgress: (fraction: number | null) => void
}

/** As often as a person sees a bar move. */
const progressMilliseconds = 100

/** Passes a call on where the last one is long enough ago. */
function atMostEvery<Value>(milliseconds: number, act: (value: Value) => void): (value: Value) => void {
  let next = 0
  return (value) => {
    const now = performance.now()
    if (now < next) return
    next = now + milliseconds
    act(value)
  }
}

/** The same work, its progress told to screens and to the caller. */
const bothTold = (work: Work, onProgress: (fraction: number) => void) => ({
  signal: work.signal,
  onProgress: (fraction: number): void => {
    work.onProgress(fraction)
    onProgress(fraction)
  },
})

/** A user's acts on datasets; a reference is an id or the name of one that is not in the bin. */
export class DatasetService implements DatasetsApi {
  /** What is under way, by the name that the dataset will have. */
  readonly #making = new Map<string, AbortController>()

  constructor(private readonly dependencies: Dependencies) {}

  list(options: { inBin: boolean }): Promise<Dataset[]> {
    return this.#store.datasets.list(options)
  }

  get({ dataset }: DatasetReference): Promise<Dataset> {
    return this.#store.datasets.find(dataset)
  }

  /** @throws WorkbenchError NAME_TAKEN, DATASET_NOT_FOUND (the source) before any work */
  async generate(
    request: GenerateRequest,
    signal?: AbortSignal,
    onProgress: (fraction: number) => void = () => undefined,
  ): Promise<Dataset> {
    const name = request.name ?? (await this.#freeName(`${request.generator}-${request.seed}`))
    const source = await this.#source(request)
    return this.#make(name, signal, (work) =>
      generateDataset({ ...request, name }, source, this.#store.paths.datasets, bothTold(work, onProgress)),
    )
  }

  /** The first examples of what `generate` would make. */
  async previewGenerated(request: GenerateRequest): Promise<GeneratedPreview> {
    return previewGenerated(request, await this.#source(request))
  }

  preview(request: ImportRequest, signal?: AbortSignal): Promise<ImportPreview> {
    return previewImport(request, { signal, greyFrames: this.dependencies.greyFrames })
  }

  /** All or nothing. @throws WorkbenchError NAME_TAKEN before any work, and what a reader finds */
  import(
    request: ImportRequest,
    signal?: AbortSignal,
    onProgress: (fraction: number) => void = () => undefined,
  ): Promise<Dataset> {
    return this.#make(request.name, signal, (work) =>
      importDataset(request, this.#store.paths.datasets, {
        ...bothTold(work, onProgress),
        greyFrames: this.dependencies.greyFrames,
      }),
    )
  }

  /** Stops an import or a generation that is under way; nothing of it is kept. */
  async cancel({ name }: { name: string }): Promise<void> {
    this.#making
      .get(name)
      ?.abort(
        new WorkbenchError('CANCELLED', 'Cancelled', { where: name, remedy: 'Nothing of it is kept.', exit: 130 }),
      )
  }

  /** The dataset of a preset: the one made before from the same recipe, or a new one. */
  async forPreset({ generator, seed, options = {}, ...counts }: PresetData, signal?: AbortSignal): Promise<Dataset> {
    const request: GenerateRequestInput = { generator, seed, options, ...counts }
    const same = await this.madeFor({ generator, seed, options, ...counts })
    return same ?? this.generate(generateRequestSchema.parse(request), signal)
  }

  /** The dataset that a preset has made before; null where it has not. */
  async madeFor({ generator, seed, options = {}, ...counts }: PresetData): Promise<Dataset | null> {
    const wanted = { generator, seed, counts, options: completeOptions(generator, options, false) }
    const same = (await this.list({ inBin: false })).find(({ recipe }) => {
      if (recipe.kind !== 'generated' || recipe.source !== null) return false
      const { generator, seed, counts, options } = recipe
      return isDeepStrictEqual({ generator, seed, counts, options }, wanted)
    })
    return same ?? null
  }

  async moveToBin(reference: DatasetReference): Promise<Dataset> {
    const { id } = await this.get(reference)
    return this.#changed(await this.#store.datasets.moveToBin(id))
  }

  async restore({ dataset }: DatasetReference): Promise<Dataset> {
    const { id } = await this.#store.datasets.findInBin(dataset)
    return this.#changed(await this.#store.datasets.restore(id))
  }

  /** @returns an .npz: x_train, y_train, x_valid, y_valid, x_test, y_test */
  async export(reference: DatasetReference): Promise<Uint8Array> {
    return exportDataset(this.#store.datasets.path(await this.get(reference)))
  }

  async images(query: DatasetPage): Promise<ImagePage> {
    const dataset = await this.get(query)
    const file = await openDatasetFile(this.#store.datasets.path(dataset))
    const labels = query.class === null ? null : await file.labels(query.split)
    const total = dataset.n[query.split]
    const chosen =
      labels === null
        ? Array.from({ length: total }, (_, index) => index)
        : Array.from(labels.keys()).filter((index) => labels[index] === query.class)
    const indices = chosen.slice(query.at, query.at + query.count)
    const rows = await file.rows(query.split, indices)
    return { total: chosen.length, indices: Int32Array.from(indices), x: rows.x, y: rows.y, labels: rows.labels }
  }

  async summary(part: DatasetPart, signal?: AbortSignal): Promise<DatasetSummary> {
    return summarise(this.#store.datasets.path(await this.get(part)), part.split, part.class, { signal })
  }

  get #store(): Store {
    return this.dependencies.store
  }

  async #source({ source }: GenerateRequest): Promise<SourceDataset | null> {
    if (source === undefined) return null
    const { name, hash } = await this.get({ dataset: source })
    return { name, hash, path: this.#store.datasets.path({ hash }) }
  }

  async #make(
    name: string,
    signal: AbortSignal | undefined,
    write: (work: Work) => Promise<NewDataset>,
  ): Promise<Dataset> {
    const { events } = this.dependencies
    if (this.#making.has(name)) throw nameTaken(name)
    const controller = new AbortController()
    this.#making.set(name, controller)
    try {
      await this.#store.datasets.checkName(name)
      const onProgress = atMostEvery(progressMilliseconds, (fraction: number | null) =>
        events.emit({ type: 'datasetProgress', name, fraction }),
      )
      const signals = signal === undefined ? [controller.signal] : [signal, controller.signal]
      return await this.#store.datasets.add(await write({ signal: AbortSignal.any(signals), onProgress }))
    } finally {
      this.#making.delete(name)
      // Also after a failure: what was under way is no more.
      events.emit({ type: 'datasets' })
    }
  }

  async #freeName(base: string): Promise<string> {
    const taken = new Set((await this.list({ inBin: false })).map((dataset) => dataset.name))
    if (!taken.has(base)) return base
    let number = 2
    while (taken.has(`${base}-${number}`)) number++
    return `${base}-${number}`
  }

  #changed(dataset: Dataset): Dataset {
    this.dependencies.events.emit({ type: 'datasets' })
    return dataset
  }
}
