import { ref, shallowRef, watch, type Ref } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import type { StoredImage } from '../../../shared/scores'
import { api } from '../api/client'
import { errorData } from '../api/errorData'

/** The browser draws large files this small, so that a photograph does not stay in memory. */
const longestPreview = 448

/** The file as the browser draws it; null where it cannot (the workbench still can). */
async function preview({ width, height }: StoredImage, bytes: Uint8Array): Promise<ImageBitmap | null> {
  const blob = new Blob([new Uint8Array(bytes)])
  const scale = longestPreview / Math.max(width, height)
  // An EXIF turn may swap the sides: one of them is enough to keep the aspect.
  const size: ImageBitmapOptions =
    scale < 1 ? { resizeWidth: Math.max(1, Math.round(width * scale)), resizeQuality: 'medium' } : {}
  return createImageBitmap(blob, size).catch(() => null)
}

/** An image of a slot: what was given, by its SHA-256, and its pixels as the browser draws them. */
export function useSlotImage(sha256: Ref<string | null>) {
  const image = shallowRef<StoredImage | null>(null)
  const bitmap = shallowRef<ImageBitmap | null>(null)
  const error = shallowRef<ErrorData | null>(null)
  const putting = ref(false)
  let turn = 0

  watch(
    sha256,
    async (wanted) => {
      const mine = ++turn
      if (wanted === null) {
        image.value = null
        bitmap.value = null
        return
      }
      try {
        const { image: stored, bytes } = await api.images.get.query({ sha256: wanted })
        const drawn = stored.origin === null ? await preview(stored, bytes) : null
        if (mine !== turn) return
        image.value = stored
        bitmap.value = drawn
        error.value = null
      } catch (failure) {
        if (mine !== turn) return
        image.value = null
        bitmap.value = null
        error.value = errorData(failure)
      }
    },
    { immediate: true },
  )

  /** Uploads a file and puts it into the slot; a refused one leaves what was there. */
  async function put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    putting.value = true
    try {
      sha256.value = (await api.images.put.mutate({ name, bytes })).sha256
      error.value = null
    } catch (failure) {
      error.value = errorData(failure)
    } finally {
      putting.value = false
    }
  }

  return { image, bitmap, error, putting, put }
}
