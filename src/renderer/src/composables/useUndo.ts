import { errorData } from '../api/errorData'
import { errorLine } from '../../../shared/errors'
import { useToastsStore } from '../stores/toasts'

/** Does something and offers to take it back for ten seconds, by the toast's button or Ctrl+Z. */
export function useUndo() {
  const toasts = useToastsStore()

  /** Runs `act`; then a toast says `text` and offers `undo`. A failure is thrown on: the caller shows it in its panel. */
  async function undoable(text: string, act: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<void> {
    await act()
    toasts.show(text, async () => {
      try {
        await undo()
      } catch (failure) {
        toasts.show(errorLine(errorData(failure)))
      }
    })
  }

  return { undoable, say: (text: string) => toasts.show(text) }
}
