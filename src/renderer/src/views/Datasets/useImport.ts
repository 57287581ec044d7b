import { computed, ref, shallowRef, watch } from 'vue'
import type { ImportPreview, ImportRequest, SourceFile } from '../../../../shared/datasets'
import { nameSchema } from '../../../../shared/spec'
import { api } from '../../api/client'
import { sourceFile } from '../../api/sourceFile'
import { useAction } from '../../composables/useAction'
import { useDatasetsStore } from '../../stores/datasets'
import { sortFiles, suggestName } from './importFiles'
import { withCount, type SplitCounts } from './splitCounts'

/** Stands in for a name while only the files are read. */
const unnamed = 'preview'

/** An import before it happens: the files, what they hold, and how they will be split. */
export function useImport() {
  const datasets = useDatasetsStore()
  const files = shallowRef<readonly File[]>([])
  const labels = shallowRef<File | null>(null)
  const name = ref('')
  const preview = shallowRef<ImportPreview | null>(null)
  const splits = shallowRef<SplitCounts | null>(null)
  const reading = useAction()
  const importing = useAction()
  /** Splits typed by hand; until then the reader's own. */
  let typed = false
  let nameTyped = false
  let turn = 0

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

  const sources = async (): Promise<{ files: SourceFile[]; labels?: SourceFile }> => ({
    files: await Promise.all(files.value.map(sourceFile)),
    ...(labels.value === null ? {} : { labels: await sourceFile(labels.value) }),
  })

  async function look(): Promise<void> {
    const mine = ++turn
    preview.value = null
    reading.error.value = null
    if (files.value.length === 0) return
    reading.running.value = false
    await reading.run(async () => {
      const found = await api.datasets.preview.mutate({ name: unnamed, ...(await sources()) })
      if (mine !== turn) return
      preview.value = found
      const before = splits.value
      splits.value =
        typed && before !== null
          ? withCount(withCount(found.splits, 'valid', before.valid), 'test', before.test)
          : found.splits
    })
  }
  watch([files, labels], look)

  /** Takes files as they were dropped or chosen, labels among them or not. */
  function take(chosen: readonly File[]): void {
    const sorted = sortFiles(chosen)
    files.value = sorted.files
    if (sorted.labels !== null) labels.value = sorted.labels
    if (!nameTyped) name.value = suggestName(sorted.files)
  }

  /** @returns the dataset's id; null where the import failed: the error stays in `importing` */
  async function start(): Promise<string | null> {
    let id: string | null = null
    await importing.run(async () => {
      const split = splits.value === null ? {} : { valid: splits.value.valid, test: splits.value.test }
      const request: ImportRequest = { name: name.value.trim(), ...(await sources()), split: { seed: 1, ...split } }
      id = (await datasets.import(request)).id
    })
    return id
  }

  return {
    files,
    labels,
    name,
    nameIssue,
    preview,
    splits,
    ready,
    reading,
    importing,
    progress: computed(() => datasets.making.get(name.value.trim()) ?? null),
    take,
    takeLabels: (file: File | null) => (labels.value = file),
    typeName: (text: string) => {
      nameTyped = text !== ''
      name.value = text
    },
    typeSplit: (split: keyof SplitCounts, value: number) => {
      typed = true
      if (splits.value !== null) splits.value = withCount(splits.value, split, value)
    },
    start,
  }
}
