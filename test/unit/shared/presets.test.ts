import { describe, expect, it } from 'vitest'
import { generatorFacts } from '../../../src/shared/generators'
import { findPreset, presets } from '../../../src/shared/presets'
import { runSpecSchema } from '../../../src/shared/spec'

describe('presets', () => {
  it('have the promised names', () => {
    const names = ['quick', 'rect-mcae', 'rect-cae', 'rect-ae', 'digits-mcae', 'shifts-gae', 'rotations-gae']
    expect(presets.map(({ name }) => name)).toEqual(names)
    expect(() => findPreset('rect-svm')).toThrowError(expect.objectContaining({ code: 'PRESET_UNKNOWN' }))
  })

  it.each(presets.map((preset) => [preset.name, preset] as const))(
    '%s is a valid spec for its data',
    (_, { spec, data }) => {
      const parsed = runSpecSchema.parse({ ...spec, dataset: 'any' })
      expect(parsed.model.kind === 'gae').toBe(data !== null && generatorFacts[data.generator].kind === 'pairs')
      expect(parsed.classifier === undefined).toBe(parsed.model.kind === 'gae')
    },
  )
})
