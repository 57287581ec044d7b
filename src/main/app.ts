import { join } from 'node:path'
import { version } from '../../package.json'
import type { WorkbenchError } from '../shared/errors'
import { presets } from '../shared/presets'
import type { Launch } from './children/child'
import type { AppInfo } from './api/app'
import type { Workbench } from './api/workbench'
import { openLog, type Log } from './log'
import { logFolder, resolveDataFolder } from './store/dataFolder'
import { restoreBackup } from './store/restore'
import { openStore, type Store } from './store/store'
import { AnalystClient } from './workbench/analystClient'
import { BatchService } from './workbench/batches'
import { compareRuns, type CompareRequest, type Comparison } from './workbench/comparing/compareRuns'
import { CompareService } from './workbench/comparing/compareService'
import { DatasetSamples } from './workbench/datasetSamples'
import { DatasetService } from './workbench/datasets'
import { DeviceService } from './workbench/devices'
import { DynamicsService } from './workbench/dynamics'
import { EvaluationService } from './workbench/evaluation'
import { EventBus } from './workbench/events'
import { RunExecutor } from './workbench/executor'
import { ImageService } from './workbench/images'
import { importedFrames } from './workbench/importedFrames'
import { machineMemory } from './workbench/machineMemory'
import { ModelService } from './workbench/models'
import { PairService } from './workbench/pairs'
import { Problems } from './workbench/problems'
import { RunQueue } from './workbench/queue'
import { QueueService } from './workbench/queueService'
import { RunService } from './workbench/runs'
import { SampleService } from './workbench/sample'
import { SweepService } from './workbench/sweeps'
import { SweepWorker } from './workbench/sweepWorker'
import { TransformationService } from './workbench/transformations'
import { Watch } from './workbench/watch'

/** What comes with the workbench: beside the folder of the built programs, in a package as in a checkout. */
const resources = join(import.meta.dirname, '../../resources')

export interface AppOptions {
  /** Data folder; else GAE_WORKBENCH_HOME, else the platform's. */
  data?: string | undefined
  launch: Launch
  /** cli: one command, no queue. desktop, served: stays open and carries queued runs out. */
  host: 'cli' | 'desktop' | 'served'
}

export interface App {
  workbench: Workbench
  datasets: DatasetService
  runs: RunService
  queue: QueueService
  sweeps: SweepService
  sweepWorker: SweepWorker
  executor: RunExecutor
  evaluation: EvaluationService
  compare(request: CompareRequest): Promise<Comparison>
  pairs: PairService
  dynamics: DynamicsService
  transformations: TransformationService
  models: ModelService
  devices: DeviceService
  log: Log
  /** Settles when its database is found damaged while it is open: from then on nothing is read or written. */
  damage: Promise<WorkbenchError>
  /** Logs a fault that no user act caused, and tells the windows. */
  onFault(error: unknown): void
  /** Names of the runs that this process carries out. */
  running(): Promise<string[]>
  /** Checkpoints and stops what is under way, ends the children, closes the store. */
  close(): Promise<void>
}

/** What is known of a workbench before its store is open. */
export const appFacts = (folder: string, host: AppOptions['host']): Omit<AppInfo, 'logFile' | 'damage'> => ({
  version,
  versions: { node: process.versions.node, electron: process.versions.electron ?? 'none' },
  dataFolder: folder,
  host: host === 'desktop' ? 'desktop' : 'served',
  platform: process.platform,
})

/** The composition root of all three entries. */
export async function createApp({ data, launch, host }: AppOptions): Promise<App> {
  const folder = resolveDataFolder(data)
  const store = await openStore(folder)
  try {
    return await compose(store, { launch, host })
  } catch (error) {
    // What SQLite says of damage is told as its check tells it.
    const told = (await store.upkeep.judge(error)) ?? error
    // An open database would keep the process from ending.
    await store.close()
    throw told
  }
}

/** A single command on a small database works after the check: what it tells is of a sound one. */
async function demandSound(lookedAfter: Promise<WorkbenchError | null>): Promise<void> {
  const damage = await lookedAfter
  if (damage !== null) throw damage
}

async function compose(store: Store, { launch, host }: Pick<AppOptions, 'launch' | 'host'>): Promise<App> {
  const { folder } = store.paths
  const log = openLog(logFolder(folder), host)
  const events = new EventBus()
  const problems = new Problems({ store, events })
  const analyst = new AnalystClient(launch)
  const datasets = new DatasetService({ store, events, greyFrames: importedFrames(analyst) })
  const onFault = (error: unknown) => {
    log.error(error)
    problems.add(error)
  }
  const devices = new DeviceService(launch, undefined, onFault)
  const executor = new RunExecutor({ store, launch, events, devices, machine: machineMemory, onFault })
  // Without a backup the workbench is still of use.
  const lookedAfter = store.upkeep.begin().catch((error: unknown) => {
    onFault(error)
    return null
  })
  if (host === 'cli' && (await store.upkeep.isShort())) await demandSound(lookedAfter)
  await store.leases.markInterrupted()
  const queue = new RunQueue({ store, executor, devices, machine: machineMemory, onFault })
  const watch = new Watch({ store, events, own: () => queue.running, onFault })
  const runs = new RunService({ store, events, datasets, queue, devices, machine: machineMemory })
  const queued = new QueueService({ store, events, queue })
  const sweeps = new SweepService({ store, events, datasets, runs, queue, machine: machineMemory, onFault })
  const images = new ImageService({ store, analyst })
  const pairs = new PairService({ store, analyst, images, samples: new DatasetSamples(store) })
  const dynamics = new DynamicsService({ store, analyst, images, pairs })
  const transformations = new TransformationService({ analyst, images, pairs })
  const models = new ModelService({ store, events, analyst })
  const workbench: Workbench = {
    app: {
      info: async () => ({
        ...appFacts(folder, host),
        logFile: log.file,
        damage: null,
      }),
      problems: () => problems.list(),
      restoreBackup: () => restoreBackup(store.paths),
    },
    datasets,
    runs,
    queue: queued,
    sweeps,
    compare: new CompareService(store),
    models,
    sample: new SampleService({ folder: join(resources, 'sample'), runs, models, images, analyst }),
    presets: { list: async () => [...presets] },
    images,
    pairs,
    dynamics,
    transformations,
    batches: new BatchService({ store, images, pairs }),
    devices,
    events: { follow: (_, signal) => events.subscribe(signal) },
  }
  if (host !== 'cli') {
    await watch.start()
    queue.start()
    sweeps.start()
  }
  return {
    workbench,
    datasets,
    runs,
    queue: queued,
    sweeps,
    sweepWorker: new SweepWorker({ store, events, sweeps, queue }),
    executor,
    evaluation: new EvaluationService({ store, executor }),
    compare: (request) => compareRuns(store, request),
    pairs,
    dynamics,
    transformations,
    models,
    devices,
    log,
    damage: store.upkeep.damage,
    onFault,
    running: () => Promise.all(queue.running.map(async (run) => (await store.runs.summary(run)).name)),
    close: async () => {
      await sweeps.close()
      await queue.close()
      await watch.close()
      analyst.stop()
      devices.stop()
      await store.close()
      log.close()
    },
  }
}
