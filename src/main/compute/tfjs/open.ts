import { WorkbenchError } from '../../../shared/errors'
import type { Backend } from '../engine'
import { tfjsBackend } from './backend'
import { installedPackages } from '../packages'
import type { Tfjs } from './tfjs'

/**
 * tfjs's engines that need no device: plain JavaScript, which tests compare with the others, and WebAssembly, which the
 * benchmark races. Both are packages for development only. A process has one of them at a time.
 * @throws where they are not installed
 */
export async function openTfjs(engine: 'cpu' | 'wasm'): Promise<Backend> {
  const tf = installedPackages.load('@tensorflow/tfjs-core') as Tfjs
  installedPackages.load(`@tensorflow/tfjs-backend-${engine}`)
  // Otherwise it advertises another engine on stderr.
  tf.enableProdMode()
  if (!(await tf.setBackend(engine))) {
    throw new WorkbenchError('ENGINE', `tfjs refused its ${engine} engine`, { where: `tfjs on ${engine}`, exit: 1 })
  }
  return tfjsBackend(tf, engine, { '@tensorflow/tfjs-core': tf.version_core })
}
