import type { DeviceChoice } from '../../../shared/devices'
import type { Preset } from '../../../shared/presets'
import { settings } from '../../../shared/spec/settings'
import type { JsonObject } from '../../../shared/spec/paths'

export interface CliRun {
  spec: JsonObject
  preset: Preset | null
  name: string
  device: DeviceChoice
  /** Of the data that the preset makes; null: the seed of the run. */
  dataSeed?: number | null
  /** The store to train in; null: the command line's own. */
  dataFolder: string | null
}

/** Quoted for a POSIX shell where it must be. */
export const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** The command that makes the same run: by the preset and what differs, else with the spec as a file. */
export function cliCommand({ spec, preset, name, device, dataSeed = null, dataFolder }: CliRun): string {
  const { dataset, ...rest } = spec
  const differing = preset === null ? null : settings(rest, preset.spec)
  const options: string[] = []
  if (name !== '') options.push('--name', name)
  if (device !== 'auto') options.push('--device', device)
  if (dataFolder !== null) options.push('--data', dataFolder)
  if (preset === null || differing === null) {
    const command = ['npx', 'gae-workbench', 'train', 'run.json', ...options].map(quote).join(' ')
    return `cat > run.json <<'SPEC'\n${JSON.stringify(spec, null, 2)}\nSPEC\n${command}`
  }
  const head = ['npx', 'gae-workbench', 'train', '--preset', preset.name]
  if (typeof dataset === 'string') head.push('--dataset', dataset)
  else if (dataSeed !== null) head.push('--data-seed', String(dataSeed))
  const sets = differing.flatMap(({ path, value }) => ['--set', `${path}=${JSON.stringify(value)}`])
  return [...head, ...sets, ...options].map(quote).join(' ')
}
