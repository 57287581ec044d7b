import { useLocalStorage } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import type { DeviceChoice } from '../../../../shared/devices'
import { presets, type Preset } from '../../../../shared/presets'
import { differing } from '../../../../shared/spec/settings'
import { checkSpec, parseSpecText } from '../../specForm/check'
import { setAt, type JsonObject } from '../../../../shared/spec/paths'
import { useDatasetsStore } from '../../stores/datasets'

interface Draft {
  /** Where the text came from: a preset's name, or the id of the run that was duplicated. */
  preset: string | null
  from: string | null
  /** What it was before anyone changed it. */
  base: JsonObject
  text: string
  name: string
  device: DeviceChoice
  /** Of the data that the preset makes; null: the seed of the run. */
  dataSeed?: number | null
}

/** A spec as text: two spaces, as a person would write it. */
const print = (spec: JsonObject): string => JSON.stringify(spec, null, 2)

const fromPreset = (preset: Preset): Draft => {
  const base = structuredClone(preset.spec) as JsonObject
  return { preset: preset.name, from: null, base, text: print(base), name: '', device: 'auto' }
}

/**
 * The run that is being written. The text is the truth: fields read from it and write to it. It survives a restart.
 */
export function useDraft() {
  const datasets = useDatasetsStore()
  const draft = useLocalStorage<Draft>('gae-workbench.draft', fromPreset(presets[0]), {
    deep: false,
    shallow: true,
  })
  const put = (change: Partial<Draft>) => (draft.value = { ...draft.value, ...change })

  const parsed = computed(() => parseSpecText(draft.value.text))
  const lastGood = shallowRef<JsonObject>(draft.value.base)
  watch(parsed, (now) => void (now.ok && (lastGood.value = now.spec)), { immediate: true })

  const preset = computed(() => presets.find(({ name }) => name === draft.value.preset) ?? null)
  const spec = computed(() => (parsed.value.ok ? parsed.value.spec : lastGood.value))
  /** The name that stands for the preset's own data, where no dataset is written. */
  const made = computed(() => preset.value?.data?.generator ?? null)
  const check = computed(() => checkSpec(spec.value, made.value, datasets.loaded ? datasets.list : null))
  const changed = computed(() => differing(spec.value, draft.value.base))

  return {
    draft,
    spec,
    check,
    changed,
    preset,
    made,
    /** Why the text is no JSON; null where it is. */
    textError: computed(() => (parsed.value.ok ? null : parsed.value.message)),
    text: computed({ get: () => draft.value.text, set: (text) => put({ text }) }),
    name: computed({ get: () => draft.value.name, set: (name) => put({ name }) }),
    device: computed({ get: () => draft.value.device, set: (device) => put({ device }) }),
    dataSeed: computed({ get: () => draft.value.dataSeed ?? null, set: (dataSeed) => put({ dataSeed }) }),
    set: (path: string, value: unknown) => put({ text: print(setAt(spec.value, path, value)) }),
    /** Back to the preset's or the other run's spec; the dataset stays. */
    reset: () => {
      const { dataset } = spec.value
      put({ text: print(dataset === undefined ? draft.value.base : { ...draft.value.base, dataset }) })
    },
    takePreset: (taken: Preset) => {
      draft.value = { ...fromPreset(taken), device: draft.value.device }
    },
    takeRun: (id: string, written: JsonObject, name: string, device: DeviceChoice) => {
      draft.value = { preset: null, from: id, base: written, text: print(written), name, device }
    },
    restore: (before: Draft) => {
      draft.value = before
    },
  }
}

export type RunDraft = ReturnType<typeof useDraft>
