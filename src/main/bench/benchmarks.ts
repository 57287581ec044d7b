import { benchPair } from './pair'
import { benchPeers } from './peers'
import type { BenchmarkResult } from './row'
import { benchTrain } from './train'

/** Benchmarks by the name that `bench NAME` takes. @param childFolder where the built programs lie */
export const benchmarks: Readonly<Record<string, (childFolder: string) => Promise<BenchmarkResult>>> = {
  train: benchTrain,
  peers: benchPeers,
  pair: benchPair,
}
