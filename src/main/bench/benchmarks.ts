import { benchField } from './field'
import { benchPair } from './pair'
import { benchPeers } from './peers'
import type { BenchmarkResult } from './row'
import { benchTrain } from './train'

/** What `bench NAME` can run. */
export const benchmarks: Readonly<Record<string, (childFolder: string) => Promise<BenchmarkResult>>> = {
  train: benchTrain,
  peers: benchPeers,
  pair: benchPair,
  field: benchField,
}
