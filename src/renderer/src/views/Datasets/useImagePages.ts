import { onScopeDispose, ref, shallowReactive, shallowRef, watch, type Ref } from 'vue'
import type { ImagePage, SplitName } from '../../../../shared/datasets'
import type { ErrorData } from '../../../../shared/errors'
import { api } from '../../api/client'
import { errorData } from '../../api/errorData'
import { useBusy } from '../../composables/useBusy'

const pageSize = 120
/** Pages that stay in memory: the farthest go first. */
const mostPages = 24

export interface ImageQuery {
  dataset: string
  split: SplitName
  class: number | null
}

export interface DatasetImage {
  /** Place in the split. */
  index: number
  x: Float32Array
  y: Float32Array | null
  label: number | null
}

export interface ImagePages {
  /** Images that the query finds; null before the first answer. */
  total: Ref<number | null>
  error: Ref<ErrorData | null>
  /** The image at a place of the list; null while its page is not here. */
  imageAt: (place: number) => DatasetImage | null
  /** Fetches what is missing of these places. */
  ensure: (from: number, to: number) => void
  retry: () => void
}

/** The images of a split, page by page, as far as they are looked at. */
export function useImagePages(query: () => ImageQuery): ImagePages {
  const pages = shallowReactive(new Map<number, ImagePage>())
  const asked = new Set<number>()
  const total = ref<number | null>(null)
  const error = shallowRef<ErrorData | null>(null)
  const waiting = ref(0)
  const loading = ref(false)
  let turn = 0
  let wanted: [number, number] = [0, pageSize - 1]

  useBusy(loading)
  watch(waiting, (count) => (loading.value = count > 0))

  function forgetFar(page: number): void {
    if (pages.size <= mostPages) return
    const farthest = [...pages.keys()].reduce((a, b) => (Math.abs(a - page) >= Math.abs(b - page) ? a : b))
    pages.delete(farthest)
    asked.delete(farthest)
  }

  async function fetchPage(page: number): Promise<void> {
    const mine = turn
    asked.add(page)
    waiting.value++
    try {
      const answer = await api.datasets.images.query({ ...query(), at: page * pageSize, count: pageSize })
      if (mine !== turn) return
      pages.set(page, answer)
      total.value = answer.total
      error.value = null
      forgetFar(page)
    } catch (failure) {
      if (mine === turn) error.value = errorData(failure)
      asked.delete(page)
    } finally {
      waiting.value--
    }
  }

  function ensure(from: number, to: number): void {
    wanted = [from, to]
    if (error.value !== null) return
    for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page++) {
      if (!asked.has(page)) void fetchPage(page)
    }
  }

  function imageAt(place: number): DatasetImage | null {
    const page = pages.get(Math.floor(place / pageSize))
    const row = place % pageSize
    const index = page?.indices[row]
    if (page === undefined || index === undefined) return null
    const size = page.x.length / page.indices.length
    const ySize = page.y === null ? 0 : page.y.length / page.indices.length
    return {
      index,
      x: page.x.subarray(row * size, (row + 1) * size),
      y: page.y?.subarray(row * ySize, (row + 1) * ySize) ?? null,
      label: page.labels?.[row] ?? null,
    }
  }

  function retry(): void {
    error.value = null
    ensure(...wanted)
  }

  watch(
    query,
    (now, before) => {
      if (before !== undefined && JSON.stringify(now) === JSON.stringify(before)) return
      turn++
      pages.clear()
      asked.clear()
      total.value = null
      error.value = null
      ensure(0, pageSize - 1)
    },
    { immediate: true },
  )
  onScopeDispose(() => turn++)

  return { total, error, imageAt, ensure, retry }
}
