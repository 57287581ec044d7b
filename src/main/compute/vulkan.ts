import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where Vulkan's loader looks for drivers on Linux, and where NixOS has them. */
function driverFolders(env: Environment): string[] {
  const list = (name: string, standard: string): string[] =>
    (env[name] || standard).split(':').filter((path) => path !== '')
  const home = homedir()
  const roots = [
    ...list('XDG_CONFIG_HOME', join(home, '.config')),
    ...list('XDG_CONFIG_DIRS', '/etc/xdg'),
    ...list('XDG_DATA_HOME', join(home, '.local/share')),
    ...list('XDG_DATA_DIRS', '/usr/local/share:/usr/share'),
    ...['/etc', '/usr/local/etc', '/usr/local/share', '/usr/share', '/run/opengl-driver/share'],
  ]
  return roots.map((root) => join(root, 'vulkan/icd.d'))
}

function hasManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.json'))
  } catch {
    return false
  }
}

/** Why WebGPU cannot find a GPU, seen without loading an engine: on Linux it needs a Vulkan driver. Null where it may. */
export function vulkanAbsence(
  env: Environment = process.env,
  platform: string = process.platform,
  folders = driverFolders(env),
): string | null {
  const named = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'].some((name) => Boolean(env[name]))
  if (platform !== 'linux' || named || folders.some(hasManifest)) return null
  return 'no Vulkan driver is installed. It needs a GPU and its driver; else choose cpu.'
}
