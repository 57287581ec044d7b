import { computed, ref, shallowRef } from 'vue'
import type { ImportRequest } from '../../../../shared/datasets'
import { meaningOptionsSchema, type MeaningOptions } from '../../../../shared/importing'
import { sourceFiles } from '../../api/sourceFile'
import { sortFiles } from './importFiles'

/** What an import reads, as its user gave it. */
export type ImportSources = Pick<
  ImportRequest,
  'files' | 'labels' | 'testFiles' | 'testLabels' | 'shape' | 'frames' | 'meaning'
>

const shapeForm = /^\s*([1-9]\d{0,4})\s*x\s*([1-9]\d{0,4})\s*$/i

/** The files of an import, labels and test files among them, and how they are to be understood. */
export function useImportSources() {
  const files = shallowRef<readonly File[]>([])
  const labels = shallowRef<File | null>(null)
  const testFiles = shallowRef<readonly File[]>([])
  const testLabels = shallowRef<File | null>(null)
  /** Consecutive images as pairs. */
  const frames = ref(false)
  /** Which of two readings is meant. */
  const meaning = shallowRef<MeaningOptions>(meaningOptionsSchema.parse({}))
  /** Height x width of flat rows, as typed. */
  const shapeText = ref('')
  const shape = computed<[number, number] | null>(() => {
    const [, height, width] = shapeForm.exec(shapeText.value) ?? []
    return height === undefined ? null : [Number(height), Number(width)]
  })

  /** Takes files as they were dropped or chosen, labels and test files among them or not. */
  function take(chosen: readonly File[]): void {
    const sorted = sortFiles(chosen)
    files.value = sorted.files
    frames.value = false
    if (sorted.labels !== null) labels.value = sorted.labels
    if (sorted.testFiles.length > 0) testFiles.value = sorted.testFiles
    if (sorted.testLabels !== null) testLabels.value = sorted.testLabels
  }

  /** A new object whenever something of it changed; null without files. */
  const chosen = computed(() =>
    files.value.length === 0
      ? null
      : {
          files: files.value,
          labels: labels.value,
          testFiles: testFiles.value,
          testLabels: testLabels.value,
          frames: frames.value,
          meaning: meaning.value,
          shape: shape.value,
        },
  )

  return { files, labels, testFiles, testLabels, frames, meaning, shapeText, shape, chosen, take }
}

/** Reads the chosen files. */
export async function readSources({
  files,
  labels,
  testFiles,
  testLabels,
  frames,
  meaning,
  shape,
}: NonNullable<ReturnType<typeof useImportSources>['chosen']['value']>): Promise<ImportSources> {
  const one = async (file: File | null) => (file === null ? undefined : (await sourceFiles([file]))[0])
  return {
    files: await sourceFiles(files),
    labels: await one(labels),
    testFiles: testFiles.length === 0 ? undefined : await sourceFiles(testFiles),
    testLabels: await one(testLabels),
    frames: frames || undefined,
    meaning,
    shape: shape ?? undefined,
  }
}
