import type {
  Dataset,
  DatasetRow,
  DatasetSummary,
  ImagePage,
  ImportPreview,
  ImportRequest,
  SplitName,
} from '../../shared/datasets'
import type { BatchEvent, BatchScoreRequest, NewBatch } from '../../shared/batches'
import type { DeviceReport } from '../../shared/devices'
import type {
  FieldAnswer,
  FieldRequest,
  IntegrabilityAnswer,
  IntegrabilityRequest,
  PlaneAnswer,
  PlaneRequest,
  TrajectoryAnswer,
  TrajectoryRequest,
} from '../../shared/dynamics'
import type { ErrorData } from '../../shared/errors'
import type { Problem, WorkbenchEvent } from '../../shared/events'
import type { GeneratedPreview, GenerateRequest } from '../../shared/generators'
import type { ImportWeights } from '../../shared/weights'
import type { Preset } from '../../shared/presets'
import type { CreateRunRequest, Evaluation, Metric, Prediction, RunDetail, RunSummary } from '../../shared/runs'
import type { SamplePair } from '../../shared/sample'
import type { PairScoreRequest, PairScoreResponse, RecentPair, StoredImage } from '../../shared/scores'
import type {
  ApplyAnswer,
  ApplyRequest,
  FiltersAnswer,
  FiltersRequest,
  InterpolateAnswer,
  InterpolateRequest,
  MappingUnitAnswer,
  MappingUnitRequest,
} from '../../shared/transformations'

export interface AppInfo {
  version: string
  versions: Record<string, string>
  dataFolder: string
  /** desktop: Electron; served: a browser on loopback. */
  host: 'desktop' | 'served'
  platform: string
  /** Where the log file is. */
  logFile: string | null
  /** Why the database cannot be used, and the newest backup's path; null where it can. */
  damage: { error: ErrorData; backup: string | null } | null
}

/** Rows of one split's errors, and how many there are in all. */
export interface PredictionPage {
  total: number
  classes: string[]
  rows: Prediction[]
  shape: [number, number]
  /** Images of the rows, [rows, height*width]. */
  images: Float32Array
}

/** What the routers offer to screens; `src/main/app.ts` composes it. Every method may throw a WorkbenchError. */
export interface Workbench {
  app: {
    info(): Promise<AppInfo>
    problems(): Promise<Problem[]>
    /** Puts the newest sound backup in the place of a damaged database. */
    restoreBackup(): Promise<{ backup: string }>
  }
  datasets: {
    list(options: { deleted: boolean }): Promise<Dataset[]>
    /** By id or name. */
    get(reference: string): Promise<Dataset>
    generate(request: GenerateRequest, signal?: AbortSignal): Promise<Dataset>
    /** The first examples of what `generate` would make. */
    previewGenerated(request: GenerateRequest): Promise<GeneratedPreview>
    preview(request: ImportRequest, signal?: AbortSignal): Promise<ImportPreview>
    import(request: ImportRequest, signal?: AbortSignal): Promise<Dataset>
    /** Stops an import or a generation that is under way; nothing of it is kept. */
    cancel(name: string): void
    summary(
      query: { dataset: string; split: SplitName; class: number | null },
      signal?: AbortSignal,
    ): Promise<DatasetSummary>
    remove(reference: string): Promise<Dataset>
    restore(reference: string): Promise<Dataset>
    images(query: {
      dataset: string
      split: SplitName
      class: number | null
      at: number
      count: number
    }): Promise<ImagePage>
  }
  runs: {
    /** Newest first. */
    list(options: { deleted: boolean }): Promise<RunSummary[]>
    /** By id, unique prefix of one, or unique name. */
    get(reference: string): Promise<RunDetail>
    metrics(reference: string): Promise<Metric[]>
    results(reference: string): Promise<Evaluation[]>
    predictions(query: {
      run: string
      split: SplitName
      label?: number
      predicted?: number
      at: number
      count: number
    }): Promise<PredictionPage>
    /** Makes a run and queues it; one run works at a time, in the order of the queue. */
    create(request: CreateRunRequest): Promise<RunSummary>
    cancel(reference: string): Promise<RunSummary>
    /** Queues an unfinished run again, to go on from its last checkpoint. */
    resume(reference: string): Promise<RunSummary>
    rename(reference: string, name: string): Promise<RunSummary>
    remove(reference: string): Promise<RunSummary>
    restore(reference: string): Promise<RunSummary>
  }
  models: {
    /** @returns the finished run that holds the weights, and what the file left unsaid, a sentence each */
    import(request: ImportWeights): Promise<{ run: RunSummary; notes: string[] }>
  }
  /** The trained model that comes with the workbench. */
  sample: {
    /** The run that holds it, made at the first time, and pairs for it. */
    open(): Promise<{ run: RunSummary; pairs: SamplePair[] }>
    pairs(): Promise<SamplePair[]>
  }
  presets: { list(): Preset[] }
  images: {
    /** Keeps an uploaded image by its content; refuses what is no image. */
    put(name: string, bytes: Uint8Array): Promise<StoredImage>
    /** Keeps an image or a pair of a dataset, exactly. */
    take(row: DatasetRow): Promise<{ x: StoredImage; y: StoredImage | null }>
    get(sha256: string): Promise<{ image: StoredImage; bytes: Uint8Array }>
  }
  pairs: {
    /** Scores a pair, and keeps the score. */
    score(request: PairScoreRequest): Promise<PairScoreResponse>
    recent(count: number): Promise<RecentPair[]>
  }
  /** A newer request under the same ticket cancels the older one (CANCELLED). */
  dynamics: {
    field(request: FieldRequest): Promise<FieldAnswer>
    trajectory(request: TrajectoryRequest): Promise<TrajectoryAnswer>
    integrability(request: IntegrabilityRequest): Promise<IntegrabilityAnswer>
    plane(request: PlaneRequest): Promise<PlaneAnswer>
    cancel(ticket: string): Promise<void>
  }
  transformations: {
    filters(request: FiltersRequest): Promise<FiltersAnswer>
    mappingUnit(request: MappingUnitRequest): Promise<MappingUnitAnswer>
    apply(request: ApplyRequest): Promise<ApplyAnswer>
    interpolate(request: InterpolateRequest): Promise<InterpolateAnswer>
    cancel(ticket: string): Promise<void>
  }
  batches: {
    create(batch: NewBatch): Promise<{ batch: string }>
    /** Rows, scores as they come, then gains; goes on where an earlier reader left. */
    score(request: BatchScoreRequest, signal: AbortSignal): AsyncIterable<BatchEvent>
  }
  devices: { report(): Promise<DeviceReport> }
  /** Events from now on, until the signal aborts. */
  events(signal: AbortSignal): AsyncIterable<WorkbenchEvent>
}
