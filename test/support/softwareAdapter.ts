import { join } from 'node:path'
import { unpackedChromium } from './browser'

/** Variables that give a process a WebGPU adapter. */
export type AdapterVariables = Record<'VK_ICD_FILENAMES' | 'LD_LIBRARY_PATH', string>

/**
 * SwiftShader, the Vulkan driver in software that Chromium brings, and its loader: they stand in for a GPU in tests of
 * correctness. The dynamic linker reads its path at a process's start, so the variables are for children.
 * @returns null where Chromium's package has none: on all but Linux x64
 */
export async function softwareAdapter(): Promise<AdapterVariables | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const { folder } = await unpackedChromium()
  return { VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: folder }
}
