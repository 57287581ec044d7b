import { computed, ref, shallowRef, watch } from 'vue'
import type { SplitCounts } from '../../../../shared/datasets'
import { splitWords } from '../../../../shared/importing'
import { nameSchema } from '../../../../shared/spec/schema'
import { api } from '../../api/client'
import { useAction } from '../../composables/useAction'
import { useLoad } from '../../composables/useLoad'
import { useDatasetsStore } from '../../stores/datasets'
import { suggestName } from './importFiles'
import { withCount, withCountBeside } from './splitCounts'
import { readSources, useImportSources } from './useImportSources'

/** Stands in for a name while only the files are read. */
const unnamed = 'preview'

/** An import before it happens: the files, what they hold, and how they will be split. */
export function useImport() {
  const datasets = useDatasetsStore()
  const sources = useImportSources()
  const name = ref('')
  const splits = shallowRef<SplitCounts | null>(null)
  const importing = useAction()
  /** Name of the dataset while it is imported. */
  const under = ref<string | null>(null)
  /** Splits typed by hand; until then the reader's own. */
  let typed = false
  let nameTyped = false

  const reading = useLoad(sources.chosen, async (chosen) =>
    api.datasets.preview.mutate({ name: unnamed, ...(await readSources(chosen)) }),
  )
  /** What the files hold; null while that is not known. */
  const preview = computed(() => (reading.loading.value || reading.error.value !== null ? null : reading.data.value))
  /** Splits that the files have themselves: they stay whole. */
  const own = computed(() => ({
    valid: reading.data.value?.ownSplits.includes('valid') ?? false,
    test: sources.testFiles.value.length > 0 || (reading.data.value?.ownSplits.includes('test') ?? false),
  }))
  watch(reading.data, (found) => {
    const before = splits.value
    splits.value = found?.splits ?? null
    if (!typed || before === null || found === null) return
    if (!own.value.valid) typeSplit('valid', before.valid)
    if (!own.value.test) typeSplit('test', before.test)
  })

  /** What was understood, with the splits that are asked for here. */
  const understood = computed(() => {
    const [found, counts] = [preview.value, splits.value]
    if (found === null || counts === null) return null
    const drawn = (['valid', 'test'] as const).filter((split) => !own.value[split] && counts[split] > 0)
    const given = (['valid', 'test'] as const).filter((split) => own.value[split])
    const seed = found.format === 'amat' && own.value.test ? null : 1
    return { ...found.understood, splits: splitWords(given, drawn, seed, found.classes !== null) }
  })

  const nameIssue = computed(() => {
    const trimmed = name.value.trim()
    if (trimmed === '') return null
    if (datasets.names.includes(trimmed)) return 'a dataset of this name exists'
    return nameSchema.safeParse(name.value).error?.issues[0]?.message ?? null
  })
  const ready = computed(
    () =>
      preview.value !== null &&
      splits.value !== null &&
      splits.value.train > 0 &&
      name.value.trim() !== '' &&
      nameIssue.value === null &&
      !importing.running.value,
  )

  function typeSplit(split: keyof SplitCounts, value: number): void {
    typed = true
    if (splits.value === null) return
    const { valid, test } = own.value
    if (valid && test) return
    const { value: counts } = splits
    splits.value =
      valid || test ? withCountBeside(counts, valid ? 'valid' : 'test', split, value) : withCount(counts, split, value)
  }

  function take(chosen: readonly File[]): void {
    sources.take(chosen)
    if (!nameTyped) name.value = suggestName(sources.files.value)
  }

  /** @returns the dataset's id; null where the import failed or was cancelled: the error stays in `importing` */
  async function start(): Promise<string | null> {
    const { chosen } = sources
    const counts = splits.value
    let id: string | null = null
    await importing.run(async () => {
      if (chosen.value === null || counts === null) return
      under.value = name.value.trim()
      // Without a seed: rows at the end of a published .amat file, else drawn with seed 1.
      const split = {
        ...(own.value.valid ? {} : { valid: counts.valid }),
        ...(own.value.test ? {} : { test: counts.test }),
      }
      id = (await datasets.import({ name: under.value, ...(await readSources(chosen.value)), split })).id
    })
    under.value = null
    return id
  }

  return {
    ...sources,
    name,
    nameIssue,
    preview,
    understood,
    splits,
    own,
    ready,
    reading,
    importing,
    /** Share that is done; null while that is unknown. */
    progress: computed(() => (under.value === null ? null : (datasets.making.get(under.value) ?? null))),
    take,
    typeName: (text: string) => {
      nameTyped = text !== ''
      name.value = text
    },
    typeSplit,
    start,
    cancel: () => under.value !== null && datasets.cancel(under.value),
  }
}
