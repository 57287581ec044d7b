import { useDropZone, useEventListener } from '@vueuse/core'
import { ref, shallowRef, type MaybeRefOrGetter, type Ref } from 'vue'
import type { ErrorData } from '../../../shared/errors'
import { droppedFiles } from '../api/droppedFiles'
import { errorData } from '../api/errorData'
import { useAppStore } from '../stores/app'

/** Drops that a target has taken: the one around it lets them be. */
const taken = new WeakSet<Event>()

export interface FileTarget {
  /** Whether files hover over it now. */
  hovering: Ref<boolean>
  /** Why the last files came to nothing, for the panel where they were given. */
  error: Ref<ErrorData | null>
  /** Gives it files that were pasted or handed over. */
  give: (files: readonly File[]) => Promise<void>
  /** Gives it the files of an input. */
  choose: (event: Event) => void
}

/**
 * A place on the screen that takes files: dropped on it, those of dropped folders too, or chosen.
 * @param target null where it takes none for now: what is dropped there is left to the target around it
 * @param error where the place shows why something was refused, if it has its own
 */
export function useFileTarget(
  target: MaybeRefOrGetter<HTMLElement | null>,
  take: (files: readonly File[]) => unknown,
  error: Ref<ErrorData | null> = shallowRef(null),
): FileTarget {
  const problems = useAppStore()

  async function receive(coming: Promise<readonly File[]>): Promise<void> {
    error.value = null
    try {
      const files = await coming
      if (files.length > 0) await take(files)
    } catch (failure) {
      error.value = errorData(failure)
      problems.report(error.value)
    }
  }

  useDropZone(target, {
    onDrop: (_files, event) => {
      if (taken.has(event) || event.dataTransfer === null) return
      taken.add(event)
      void receive(droppedFiles(event.dataTransfer))
    },
  })

  // Not counted by enters and leaves: what is entered may be gone before it is left, as a slot whose drop opens a list.
  const hovering = ref(false)
  useEventListener(target, ['dragenter', 'dragover'], () => (hovering.value = true))
  useEventListener(target, 'dragleave', (event: DragEvent) => {
    const inside = (event.currentTarget as Node).contains(event.relatedTarget as Node | null)
    if (!inside) hovering.value = false
  })
  // The browser tells of the pointer and of keys only while nothing is dragged.
  useEventListener(window, ['drop', 'dragend', 'pointermove', 'keydown'], () => (hovering.value = false), {
    capture: true,
  })

  return {
    hovering,
    error,
    give: (files) => receive(Promise.resolve(files)),
    choose: (event) => {
      const input = event.target as HTMLInputElement
      void receive(Promise.resolve([...(input.files ?? [])]))
      // The same files chosen again are a choice again.
      input.value = ''
    },
  }
}
