import { computed, type Ref } from 'vue'
import type { DatasetRow } from '../../../shared/datasets'
import { api } from '../api/client'
import { useSlotImage } from './useSlotImage'

/** The slots of a pair, and where images go that are given to them. */
export function useImagePair(x: Ref<string | null>, y: Ref<string | null>, needsY: Ref<boolean>) {
  const slots = { x: useSlotImage(x), y: useSlotImage(y) }

  /** One file is for the slot `which`, two are x and y. */
  async function give([first, second]: readonly File[], which: 'x' | 'y'): Promise<void> {
    if (first === undefined) return
    if (second === undefined || !needsY.value) await slots[which].put(first)
    else await Promise.all([slots.x.put(first), slots.y.put(second)])
  }

  /** An image of a dataset, with the pixels that the dataset holds, into the slot `which`; of a pair each into its own. */
  async function take(row: DatasetRow, which: 'x' | 'y'): Promise<void> {
    await slots[which].fill(async () => {
      const images = await api.images.take.mutate(row)
      if (images.y === null || !needsY.value) return images.x
      x.value = images.x.sha256
      y.value = images.y.sha256
      return images[which]!
    })
  }

  /** The slot for what was given beside them: the first that is empty, else x. */
  const free = computed(() => (x.value !== null && y.value === null && needsY.value ? 'y' : 'x'))

  return { slots, give, take, free }
}
