import { ref, shallowRef, watch, type Ref } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import { isPfm, readPfm } from '../../../shared/pfm'
import type { StoredImage } from '../../../shared/scores'
import { api } from '../api/client'
import { errorData } from '../api/errorData'
import { putFile } from '../api/images'
import { gray } from '../charts/colourMaps'
import { imageLimits } from '../charts/limits'
import { toRgba } from '../charts/pixels'
import { useAppStore } from '../stores/app'

/** The browser draws large files this small, so that a photograph does not stay in memory. */
const longestPreview = 448

/** What a browser can draw: it reads files itself, but no float maps, as which images of a dataset are kept. */
function drawable({ name }: StoredImage, bytes: Uint8Array): Blob | ImageData {
  if (!isPfm(bytes)) return new Blob([new Uint8Array(bytes)])
  const { pixels, width, height } = readPfm(name, bytes)
  return new ImageData(toRgba(pixels, gray, imageLimits([pixels])), width, height)
}

/** The image as the browser draws it; null where it cannot (the workbench still can). */
async function preview(image: StoredImage, bytes: Uint8Array): Promise<ImageBitmap | null> {
  const { width, height } = image
  const scale = longestPreview / Math.max(width, height)
  // An EXIF turn may swap the sides: one of them is enough to keep the aspect.
  const size: ImageBitmapOptions =
    scale < 1 ? { resizeWidth: Math.max(1, Math.round(width * scale)), resizeQuality: 'medium' } : {}
  try {
    return await createImageBitmap(drawable(image, bytes), size)
  } catch {
    return null
  }
}

export type SlotImage = ReturnType<typeof useSlotImage>

/** What a slot holds: the image that was given, by its SHA-256, and its pixels as the browser draws them. */
export function useSlotImage(sha256: Ref<string | null>) {
  const image = shallowRef<StoredImage | null>(null)
  const bitmap = shallowRef<ImageBitmap | null>(null)
  const error = shallowRef<ErrorData | null>(null)
  const putting = ref(false)
  const problems = useAppStore()
  let turn = 0

  function refuse(failure: unknown): void {
    error.value = errorData(failure)
    problems.report(error.value)
  }

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
        const drawn = await preview(stored, bytes)
        if (mine !== turn) return
        image.value = stored
        bitmap.value = drawn
        error.value = null
      } catch (failure) {
        if (mine !== turn) return
        image.value = null
        bitmap.value = null
        refuse(failure)
      }
    },
    { immediate: true },
  )

  /** Puts into the slot what was kept; where it is refused, the slot leaves what was there. */
  async function fill(keep: () => Promise<StoredImage>): Promise<void> {
    putting.value = true
    try {
      sha256.value = (await keep()).sha256
      error.value = null
    } catch (failure) {
      refuse(failure)
    } finally {
      putting.value = false
    }
  }

  return {
    sha256,
    image,
    bitmap,
    error,
    putting,
    fill,
    /** Uploads a file. */
    put: (file: File) => fill(() => putFile(file)),
    clear: () => (sha256.value = null),
  }
}
