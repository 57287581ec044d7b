import { takesPairs } from '../../../../shared/kinds'
import type { Dataset } from '../../../../shared/datasets'
import { presets } from '../../../../shared/presets'

/** New run on this dataset, by the first preset that fits it: for pairs a gated one, for images one that takes any set. */
export function trainLink({ name, kind }: Pick<Dataset, 'name' | 'kind'>): {
  path: string
  query: Record<string, string>
} {
  const fitting = presets.filter(({ spec }) => takesPairs(spec.model.kind) === (kind === 'pairs'))
  const preset = fitting.find(({ data }) => data === null) ?? fitting[0] ?? presets[0]
  return { path: '/new', query: { ...(preset === undefined ? {} : { preset: preset.name }), dataset: name } }
}
