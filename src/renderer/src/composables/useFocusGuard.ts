import { useEventListener, useMutationObserver } from '@vueuse/core'

const heading = () => document.querySelector<HTMLElement>('main h1')

/** Whether nothing has the focus but the page: what had it is gone. */
export const focusIsLost = (): boolean => [document.body, heading()].includes(document.activeElement as HTMLElement)

/**
 * The focus of an element that leaves the page goes to the screen's heading, unless something else takes it: from its
 * start a reader, and the Tab key, find the way.
 */
export function useFocusGuard(): void {
  let last: Element | null = null
  useEventListener(document, 'focusin', ({ target }) => (last = target as Element))
  // A press beside everything is meant to leave it.
  useEventListener(document, 'pointerdown', () => (last = null), { capture: true })
  const check = () => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return
    last = null
    heading()?.focus({ preventScroll: true })
  }
  useMutationObserver(document.body, check, { childList: true, subtree: true })
}
