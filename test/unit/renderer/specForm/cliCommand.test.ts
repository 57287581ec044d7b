import { describe, expect, it } from 'vitest'
import type { Preset } from '../../../../src/shared/presets'
import { settings } from '../../../../src/shared/spec/settings'
import { cliCommand, quote } from '../../../../src/renderer/src/specForm/cliCommand'

const preset: Preset = {
  name: 'quick',
  title: 'quick',
  description: '',
  spec: { model: { kind: 'mcae', factors: 100 }, earlyStopping: null, classifier: { finetune: 'scales' } },
  data: { generator: 'rectangles', train: 10, valid: 5, test: 5 },
}
const command = (spec: Record<string, unknown>, over = {}) =>
  cliCommand({ spec, preset, name: '', device: 'auto', dataFolder: null, ...over })

describe('the command of a run', () => {
  it('is the preset alone where nothing differs', () => {
    expect(command({ ...preset.spec })).toBe('npx gae-workbench train --preset quick')
  })

  it('sets what differs, as JSON', () => {
    const spec = {
      ...preset.spec,
      model: { kind: 'mcae', factors: 50 },
      earlyStopping: { patience: 3 },
      dataset: 'my set',
    }
    expect(command(spec, { name: "Ada's", device: 'cpu' })).toBe(
      "npx gae-workbench train --preset quick --dataset 'my set' --set model.factors=50 " +
        `--set 'earlyStopping={"patience":3}' --name 'Ada'\\''s' --device cpu`,
    )
  })

  it('writes the spec as a file where a setting cannot say it', () => {
    const { classifier: _, ...spec } = preset.spec
    expect(settings(spec, preset.spec)).toBeNull()
    expect(command({ ...spec, dataset: 'rect' })).toMatch(
      /^cat > run\.json <<'SPEC'\n\{[^]*\}\nSPEC\nnpx gae-workbench train run\.json$/,
    )
  })

  it('sets back to the default what the preset changed', () => {
    const { earlyStopping: _, ...spec } = preset.spec
    expect(settings(spec, preset.spec)).toEqual([{ path: 'earlyStopping', value: {} }])
  })
})

it('quotes for a shell', () => {
  expect(quote('model.factors=50')).toBe('model.factors=50')
  expect(quote('$HOME; rm')).toBe("'$HOME; rm'")
})
