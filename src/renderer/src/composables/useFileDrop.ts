import { useDropZone } from '@vueuse/core'
import type { Ref } from 'vue'

/** Takes files dropped on `target`; tells whether files hover over it now. */
export function useFileDrop(target: Ref<HTMLElement | null>, take: (files: File[]) => unknown): Ref<boolean> {
  const { isOverDropZone } = useDropZone(target, {
    multiple: true,
    onDrop: (files) => {
      if (files !== null && files.length > 0) void take(files)
    },
  })
  return isOverDropZone
}
