import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { generatorFacts } from '../../../src/shared/generators'
import { findPreset, presets } from '../../../src/shared/presets'
import { runSpecSchema } from '../../../src/shared/spec/schema'

describe('presets', () => {
  it('have the promised names', () => {
    const kinds = ['mcae', 'cae', 'ae']
    const names = ['rect', 'convex', 'mnist-rot', 'mnist-rand'].flatMap((set) => kinds.map((kind) => `${set}-${kind}`))
    const promised = ['quick', ...names, 'digits-mcae', 'digits-ae', 'shifts-gae', 'rotations-gae']
    expect(presets.map(({ name }) => name)).toEqual(expect.arrayContaining(promised))
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length)
    expect(() => findPreset('rect-svm')).toThrowError(expect.objectContaining({ code: 'PRESET_UNKNOWN' }))
  })

  it.each(presets.map((preset) => [preset.name, preset] as const))(
    '%s is a valid spec for its data',
    (_, { spec, data }) => {
      const parsed = runSpecSchema.parse({ ...spec, dataset: 'any' })
      const pairs = data !== null && generatorFacts[data.generator].kind === 'pairs'
      expect(parsed.model.kind === 'gae').toBe(pairs)
      expect(parsed.classifier === undefined).toBe(parsed.model.kind === 'gae')
    },
  )

  it('are all in docs/presets.md, with what they reached', async () => {
    const page = await readFile(new URL('../../../docs/presets.md', import.meta.url), 'utf8')
    for (const { name } of presets) expect(page).toContain(`\`${name}\``)
  })
})
