import { WorkbenchError } from './errors'
import { convexPresets } from './presets/convex'
import { digitPresets } from './presets/digits'
import type { Preset } from './presets/preset'
import { rectanglePresets } from './presets/rectangles'
import { relationPresets } from './presets/relations'
import { variedDigitPresets } from './presets/variedDigits'

export type { Preset }

/** In the order of their list: the first is what a newcomer tries. */
export const presets: readonly Preset[] = [
  ...rectanglePresets,
  ...convexPresets,
  ...digitPresets,
  ...variedDigitPresets,
  ...relationPresets,
]

/** @throws WorkbenchError PRESET_UNKNOWN */
export function findPreset(name: string): Preset {
  const preset = presets.find((one) => one.name === name)
  if (preset !== undefined) return preset
  throw new WorkbenchError('PRESET_UNKNOWN', `There is no preset "${name}"`, {
    remedy: `Known: ${presets.map((one) => one.name).join(', ')}.`,
  })
}
