import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

export interface Toast {
  id: number
  text: string
  /** Takes the action back; null: only something finished. */
  undo: (() => void | Promise<void>) | null
}

/** How long something can be undone from the toast, in milliseconds; without undo it stays half as long. */
const undoTime = 10_000

/** One toast at a time, only for what finished or can be undone. */
export const useToastsStore = defineStore('toasts', () => {
  const toast = shallowRef<Toast | null>(null)
  const held = ref(false)
  /** A finished thing to tell once what can be undone is gone. */
  let later: string | null = null
  let next = 1
  let timer: ReturnType<typeof setTimeout> | undefined

  function dismiss(): void {
    clearTimeout(timer)
    toast.value = null
    held.value = false
    const text = later
    later = null
    if (text !== null) show(text)
  }

  function wait(): void {
    clearTimeout(timer)
    timer = setTimeout(() => (held.value ? wait() : dismiss()), toast.value?.undo ? undoTime : undoTime / 2)
  }

  function show(text: string, undo: Toast['undo'] = null): void {
    if (undo === null && toast.value?.undo) {
      later = text
      return
    }
    toast.value = { id: next++, text, undo }
    wait()
  }

  /** Takes back what the toast tells of; false where there is nothing to take back. */
  async function undo(): Promise<boolean> {
    const action = toast.value?.undo
    if (!action) return false
    dismiss()
    await action()
    return true
  }

  return { toast, held, show, undo, dismiss }
})
