import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { env } from 'onnxruntime-node'

/** What the numbers were measured on. */
export const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()} ${process.arch}`,
  node: process.versions.node,
  onnxruntime: env.versions.node ?? 'unknown',
})
