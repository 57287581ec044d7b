import { WorkbenchError } from '../../../shared/errors'
import type { Backend } from '../engine'
import { tfjsBackend } from './backend'
import { installedPackages } from '../packages'
import type { Tfjs, TfjsTensor } from './tfjs'

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
  return tfjsBackend(engine === 'wasm' ? transposing(tf) : tf, engine, { '@tensorflow/tfjs-core': tf.version_core })
}

/** Products of transposed copies: on wasm a product with a flag takes several times as long as copying. */
const transposing = (tf: Tfjs): Tfjs => ({
  ...tf,
  matMul: (a, b, transA = false, transB = false) => {
    const [left, right] = [a as TfjsTensor, b as TfjsTensor]
    return tf.matMul(transA ? tf.transpose(left) : left, transB ? tf.transpose(right) : right) as never
  },
})
