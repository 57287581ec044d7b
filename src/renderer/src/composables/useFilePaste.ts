import { useEventListener } from '@vueuse/core'
import type { MaybeRefOrGetter } from 'vue'

/** Takes files that are pasted on `target`, and on the window those that nothing within it took; not below a dialog. */
export function useFilePaste(
  target: MaybeRefOrGetter<HTMLElement | Window | null>,
  take: (files: readonly File[]) => unknown,
): void {
  useEventListener(target, 'paste', (event) => {
    const files = [...((event as ClipboardEvent).clipboardData?.files ?? [])]
    if (files.length === 0 || event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
    event.preventDefault()
    void take(files)
  })
}
