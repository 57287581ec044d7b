import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { folderOf, installedPackages, type Packages } from './packages'
import { vulkanAbsence } from './vulkan'

/** Brings TensorFlow on CUDA; the user's to install, since it fetches 350 MB. */
export const tensorflowPackage = '@tensorflow/tfjs-node-gpu'
export const installTensorflow = `Where CUDA 11.2 and cuDNN 8.1 are: npm install --no-save ${tensorflowPackage}@4.22.0`
const installCuda =
  'Where CUDA 12 and cuDNN 9 are: node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12'

export const tensorflowAbsence = (packages: Packages = installedPackages): string | null =>
  packages.has(tensorflowPackage) ? null : `${tensorflowPackage} is not installed`

/** onnxruntime-node's own installer fetches its CUDA files, for Linux on x64 alone. @param folder of the package */
export function cudaAbsence(folder = folderOf('onnxruntime-node'), platform = process.platform, arch = process.arch) {
  if (platform !== 'linux' || arch !== 'x64') return `onnxruntime-node has no CUDA for ${platform} ${arch}`
  const file = join(folder ?? '', 'bin', 'napi-v6', platform, arch, 'libonnxruntime_providers_cuda.so')
  return existsSync(file) ? null : `its CUDA files are not installed. ${installCuda}`
}

/** Why there is no use in opening a device, found without loading its engine; null where it is worth a try. */
export function absenceOf(device: string): string | null {
  if (device === 'webgpu') return vulkanAbsence()
  if (device === 'cuda') return cudaAbsence()
  const absence = device === 'tensorflow' ? tensorflowAbsence() : null
  return absence === null ? null : `${absence}. ${installTensorflow}`
}
