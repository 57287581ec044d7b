import { onScopeDispose, readonly, ref } from 'vue'

const text = ref('')
let owner: symbol | null = null

/**
 * The right part of the status bar: what lies under the cursor or is selected, in one line ("row 9, column 14  0.482").
 * A view that goes away takes its text along.
 */
export function useStatusBar() {
  const me = Symbol('owner')

  function show(line: string): void {
    owner = me
    text.value = line
  }

  function clear(): void {
    if (owner === me) text.value = ''
  }

  onScopeDispose(clear)
  return { show, clear }
}

/** For the status bar itself. */
export const statusBarText = readonly(text)
