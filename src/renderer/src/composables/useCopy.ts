import { useToastsStore } from '../stores/toasts'

/** Copies text to the clipboard, and says so. */
export function useCopy(): (text: string, what: string) => Promise<void> {
  const toasts = useToastsStore()
  return async (text, what) => {
    try {
      await navigator.clipboard.writeText(text)
      toasts.show(`Copied the ${what}.`)
    } catch {
      toasts.show(`The clipboard refused the ${what}: allow this page to write to it.`)
    }
  }
}
