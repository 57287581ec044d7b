import type { BenchmarkResult } from './row'

/** What `bench NAME` can run; loaded when it is run, since names alone are shown in a help text. */
export const benchmarks: Readonly<Record<string, (childFolder: string) => Promise<BenchmarkResult>>> = {
  train: async (childFolder) => (await import('./train')).benchTrain(childFolder),
  peers: async (childFolder) => (await import('./peers')).benchPeers(childFolder),
  pair: async (childFolder) => (await import('./pair')).benchPair(childFolder),
  field: async (childFolder) => (await import('./field')).benchField(childFolder),
  start: async (childFolder) => (await import('./commandStart')).benchStart(childFolder),
  store: async (childFolder) => (await import('./store')).benchStore(childFolder),
  sweep: async (childFolder) => (await import('./sweep')).benchSweep(childFolder),
}
