import { backUpDaily } from './backup'
import { Changes } from './changes'
import { Checkpoints } from './checkpoints'
import { dataPaths, type DataPaths } from './dataFolder'
import { openDatabase } from './database'
import { Datasets } from './datasets'
import { Images } from './images'
import { Leases } from './leases'
import { Metrics } from './metrics'
import { PairBatches } from './pairBatches'
import { PairScores } from './pairScores'
import { Queue } from './queue'
import { Remarks } from './remarks'
import { Results } from './results'
import { Runs } from './runs'
import { sweep } from './partialFile'
import { Sweeps } from './sweeps'
import { Upkeep } from './upkeep'

/** All that a workbench remembers. Several processes may open one folder. */
export interface Store {
  paths: DataPaths
  datasets: Datasets
  runs: Runs
  remarks: Remarks
  queue: Queue
  sweeps: Sweeps
  leases: Leases
  metrics: Metrics
  results: Results
  checkpoints: Checkpoints
  images: Images
  pairBatches: PairBatches
  pairScores: PairScores
  changes: Changes
  upkeep: Upkeep
  /** Copies the database, at most once a day. @returns the copy's path, or null where none was due */
  backUp(): Promise<string | null>
  close(): Promise<void>
}

/** @throws DATABASE_DAMAGED, DATABASE_NEWER, DATABASE_UNWRITABLE */
export async function openStore(folder: string): Promise<Store> {
  const paths = dataPaths(folder)
  const database = await openDatabase(paths)
  await Promise.all([paths.datasets, paths.checkpoints, paths.images, paths.backups].map(sweep))
  const upkeep = new Upkeep(database, paths)
  const datasets = new Datasets(database, paths)
  const results = new Results(database)
  const checkpoints = new Checkpoints(database, paths)
  return {
    paths,
    datasets,
    runs: new Runs(database, datasets, results, checkpoints),
    remarks: new Remarks(database),
    queue: new Queue(database),
    sweeps: new Sweeps(database),
    leases: new Leases(database),
    metrics: new Metrics(database),
    results,
    checkpoints,
    images: new Images(database, paths),
    pairBatches: new PairBatches(database),
    pairScores: new PairScores(database),
    changes: new Changes(database),
    upkeep,
    backUp: () => backUpDaily(database, paths),
    close: async () => {
      await upkeep.stop()
      await database.destroy()
    },
  }
}
