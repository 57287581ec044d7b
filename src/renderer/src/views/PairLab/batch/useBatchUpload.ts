import { computed, ref, shallowRef } from 'vue'
import { present } from '../../../../../shared/present'
import type { BatchImage, BatchPair } from '../../../../../shared/batches'
import { mostPairs } from '../../../../../shared/batches'
import { WorkbenchError } from '../../../../../shared/errors'
import { api } from '../../../api/client'
import { errorData } from '../../../api/errorData'
import { putFile } from '../../../api/images'
import { useBusy } from '../../../composables/useBusy'
import type { Given, GivenImage, GivenPair } from './pairFiles'

/** Files that are on their way at the same time. */
const atOnce = 4

export interface Uploading {
  name: string
  pairs: GivenPair[]
  files: number
}

/** Brings the images of a list to the workbench; a file that is refused becomes its row's reason. */
export function useBatchUpload() {
  const uploading = shallowRef<Uploading | null>(null)
  const sent = ref(0)
  let stop: AbortController | null = null
  useBusy(computed(() => uploading.value !== null))

  /** @returns the list's id; null where the upload was cancelled. @throws WorkbenchError PAIRS_MANY */
  async function send({ name, pairs }: Extract<Given, { kind: 'list' }>): Promise<string | null> {
    if (pairs.length > mostPairs) {
      throw new WorkbenchError('PAIRS_MANY', `${pairs.length.toLocaleString('en-US')} pairs`, {
        where: name,
        remedy: `Give ${mostPairs.toLocaleString('en-US')} at a time, or use gae-workbench score --pairs.`,
      })
    }
    stop?.abort()
    const { signal } = (stop = new AbortController())
    const images = new Map<GivenImage, BatchImage>()
    // A file that stands in several rows is sent once.
    const byFile = new Map<File, GivenImage[]>()
    for (const image of pairs.flatMap(({ x, y }) => (y === null ? [x] : [x, y]))) {
      if ('file' in image) byFile.set(image.file, [...(byFile.get(image.file) ?? []), image])
      else images.set(image, image)
    }
    uploading.value = { name, pairs, files: byFile.size }
    sent.value = 0
    try {
      const queue = byFile.entries()
      const work = async (): Promise<void> => {
        for (const [file, places] of queue) {
          if (signal.aborted) return
          const result = await put(file)
          for (const place of places) images.set(place, { name: place.name, ...result })
          sent.value++
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      if (signal.aborted) return null
      const rows = pairs.map(({ x, y }): BatchPair => ({
        x: present(images.get(x)),
        y: y === null ? null : present(images.get(y)),
      }))
      return (await api.batches.create.mutate({ name: name.slice(0, 200), pairs: rows })).batch
    } finally {
      if (stop?.signal === signal) uploading.value = null
    }
  }

  return { uploading, sent, send, cancel: () => stop?.abort() }
}

async function put(file: File): Promise<{ sha256: string } | { error: ReturnType<typeof errorData> }> {
  try {
    return { sha256: (await putFile(file)).sha256 }
  } catch (failure) {
    return { error: errorData(failure) }
  }
}
