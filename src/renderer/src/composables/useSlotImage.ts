import { ref, shallowRef, watch, type Ref } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import type { StoredImage } from '../../../shared/scores'
import { api } from '../api/client'
import { errorData } from '../api/errorData'

/** An image of a slot: what was uploaded, by its SHA-256, and its pixels as the browser draws them. */
export function useSlotImage(sha256: Ref<string | null>) {
  const image = shallowRef<StoredImage | null>(null)
  /** null where the browser cannot draw the format (the workbench still can). */
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
        const drawn = await createImageBitmap(new Blob([new Uint8Array(bytes)])).catch(() => null)
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
