import { useDropZone } from '@vueuse/core'
import type { Ref } from 'vue'
import { droppedFiles } from '../api/droppedFiles'
import { errorData } from '../api/errorData'
import { useAppStore } from '../stores/app'

/** Takes files dropped on `target`, those of dropped folders too; tells whether files hover over it now. */
export function useFileDrop(target: Ref<HTMLElement | null>, take: (files: File[]) => unknown): Ref<boolean> {
  const problems = useAppStore()
  const { isOverDropZone } = useDropZone(target, {
    multiple: true,
    onDrop: async (_files, { dataTransfer }) => {
      if (dataTransfer === null) return
      try {
        const files = await droppedFiles(dataTransfer)
        if (files.length > 0) await take(files)
      } catch (failure) {
        problems.report(errorData(failure))
      }
    },
  })
  return isOverDropZone
}
