import type { DeviceChoice } from '../../../../shared/devices'
import type { Preset } from '../../../../shared/presets'
import type { CreateRunRequest } from '../../../../shared/runs'
import type { RunSpec } from '../../../../shared/spec/schema'
import type { JsonObject } from '../../../../shared/spec/paths'

/**
 * The request for a checked spec. Where no dataset is written the preset makes its own: the spec goes without one then.
 * Every default is sent, so that what runs is what was shown.
 */
export function runRequest(
  checked: RunSpec,
  written: JsonObject,
  preset: Preset | null,
  name: string,
  device: DeviceChoice,
  dataSeed: number | null = null,
): CreateRunRequest {
  const { dataset, ...rest } = checked
  const named = name.trim() === '' ? {} : { name: name.trim() }
  if (written.dataset !== undefined || preset === null) return { spec: { ...rest, dataset }, device, ...named }
  return { spec: rest, preset: preset.name, device, ...named, ...(dataSeed === null ? {} : { dataSeed }) }
}
