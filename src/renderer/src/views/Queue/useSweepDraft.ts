import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { presets } from '../../../../shared/presets'
import { withoutDefaults } from '../../../../shared/spec/nodes'
import type { JsonObject } from '../../../../shared/spec/paths'
import type { SweepSpec } from '../../../../shared/sweeps'
import { api } from '../../api/client'
import { readAxes, readBase, readRungs, readSeeds } from '../../specForm/sweepText'

/** The form of a sweep, as typed. */
export interface SweepForm {
  name: string
  base: string
  dataset: string
  axes: string
  method: 'grid' | 'random'
  runs: number | null
  seeds: string
  seed: number
  rungs: string
}

const example: SweepForm = {
  name: '',
  base: '{ "preset": "quick" }',
  dataset: '',
  axes: 'optimizer.learningRate: 0.003, 0.01, 0.03\ncorruption.level: 0.1, 0.3',
  method: 'grid',
  runs: null,
  seeds: '1-3',
  seed: 1,
  rungs: '',
}

/** The sweep that is being written; it survives a restart. */
export function useSweepDraft() {
  const form = useLocalStorage<SweepForm>('gae-workbench.sweep', { ...example }, { mergeDefaults: true })

  const read = computed(() => ({
    base: readBase(form.value.base),
    axes: readAxes(form.value.axes),
    seeds: readSeeds(form.value.seeds),
    rungs: readRungs(form.value.rungs),
  }))
  /** Why a field says nothing, by field. */
  const issues = computed(() => {
    const all = Object.entries(read.value).map(([field, one]) => [field, one.ok ? null : one.message] as const)
    return Object.fromEntries(all) as Record<keyof typeof read.value, string | null>
  })

  /** The sweep as `sweep SPEC.json` takes it; a base that is a name is still a name. Null while a field says nothing. */
  const written = computed(() => {
    const { base, axes, seeds, rungs } = read.value
    if (!base.ok || !axes.ok || !seeds.ok || !rungs.ok) return null
    const { name, dataset, method, runs, seed } = form.value
    return {
      name: name.trim() === '' ? undefined : name.trim(),
      base: base.value,
      dataset: dataset === '' ? undefined : dataset,
      axes: axes.value,
      method,
      runs: runs ?? undefined,
      seeds: seeds.value,
      seed,
      halving: rungs.value,
    }
  })

  /** Writes a sweep into the form: with more runs or seeds it goes on, with another name it is another. */
  function take({ name, base, dataset, axes, method, runs, seeds, seed, halving }: SweepSpec): void {
    form.value = {
      name: name ?? '',
      base: JSON.stringify(base, null, 2),
      dataset: dataset ?? '',
      axes: JSON.stringify(axes, null, 2),
      method,
      runs: runs ?? null,
      seeds: (seeds ?? []).join(', '),
      seed,
      rungs: halving?.epochs.join(', ') ?? '',
    }
  }

  return { form, issues, written, take }
}

/** The base that a name stands for: a preset's, or the spec of a run without its dataset being lost. */
export async function baseOf(base: JsonObject | string): Promise<JsonObject> {
  if (typeof base !== 'string') return base
  if (presets.some(({ name }) => name === base)) return { preset: base }
  return withoutDefaults((await api.runs.get.query({ run: base })).spec)
}
