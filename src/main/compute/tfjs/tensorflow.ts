import util from 'node:util'
import { WorkbenchError } from '../../../shared/errors'
import type { Backend } from '../engine'
import { installedPackages, type Packages } from '../packages'
import { installTensorflow, tensorflowAbsence, tensorflowPackage } from '../presence'
import { tfjsBackend } from './backend'
import type { Tfjs } from './tfjs'

/** What the package adds to TensorFlow.js. */
type TfjsNode = Omit<Tfjs, 'backend'> & {
  readonly version: { readonly 'tfjs-node': string }
  backend(): { readonly isUsingGpuDevice?: boolean }
}

const unavailable = (message: string, cause?: unknown): WorkbenchError =>
  new WorkbenchError('DEVICE_UNAVAILABLE', message, {
    where: 'tfjs on tensorflow',
    remedy: installTensorflow,
    exit: 1,
    cause,
  })

/**
 * TensorFlow on a CUDA device.
 * @throws WorkbenchError DEVICE_UNAVAILABLE where the package is missing, does not load, or took the CPU
 */
export function openTensorflow(packages: Packages = installedPackages): Backend {
  const absence = tensorflowAbsence(packages)
  if (absence !== null) throw unavailable(absence)
  restoreNodeUtility(util)
  // Otherwise TensorFlow takes all memory of the card, and the next process finds none.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
  let tf: TfjsNode
  try {
    tf = packages.load(tensorflowPackage) as TfjsNode
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n')
    throw unavailable(`${tensorflowPackage} does not load: ${reason}`, cause)
  }
  // Without a usable card TensorFlow computes on the CPU and does not say so (tfjs#8269).
  if (tf.backend().isUsingGpuDevice !== true) throw unavailable('TensorFlow found no GPU and took the CPU')
  return tfjsBackend(tf as unknown as Tfjs, 'tensorflow', { [tensorflowPackage]: tf.version['tfjs-node'] })
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 has dropped (tfjs#8609). */
export function restoreNodeUtility(target: object): void {
  if ('isNullOrUndefined' in target) return
  Object.assign(target, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
}
