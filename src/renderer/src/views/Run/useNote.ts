import { createGlobalState, useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { noteSchema } from '../../../../shared/remarks'
import type { RunSummary } from '../../../../shared/runs'
import { useAction } from '../../composables/useAction'
import { useUndo } from '../../composables/useUndo'
import { useRunsStore } from '../../stores/runs'

/** Notes as they were typed and are not stored yet, by run: neither a reload nor a lost connection takes them away. */
const useDrafts = createGlobalState(() => useLocalStorage<Record<string, string>>('gae-workbench.notes', {}))

/** The note of a run that is being written. @param run asked anew each time: events change it */
export function useNote(run: () => RunSummary) {
  const store = useRunsStore()
  const { undoable } = useUndo()
  const drafts = useDrafts()
  const saving = useAction()

  const draft = computed(() => drafts.value[run().id] ?? null)
  const text = computed({
    get: () => draft.value ?? run().note ?? '',
    set: (written) => (drafts.value = { ...drafts.value, [run().id]: written }),
  })
  const wrong = computed(() => {
    const { error } = noteSchema.safeParse(text.value)
    return error?.issues[0]?.message ?? null
  })

  /** Forgets a draft that is stored, unless more was typed meanwhile. */
  function drop(id: string, stored: string): void {
    if (drafts.value[id] !== stored) return
    const { [id]: _, ...others } = drafts.value
    drafts.value = others
  }

  /** Stores what was typed; what it takes the place of can be had back. */
  async function save(): Promise<void> {
    const { id, name, note: before } = run()
    const written = draft.value
    if (written === null || wrong.value !== null) return
    if (written.trim() === (before ?? '').trim()) return drop(id, written)
    const write = () => store.note(id, written)
    const stored = await saving.run(() =>
      before === null
        ? write()
        : undoable(`Note on ${name} ${written.trim() === '' ? 'removed' : 'changed'}`, write, () =>
            store.note(id, before),
          ),
    )
    if (stored) drop(id, written)
  }

  return { text, draft, wrong, save, saving }
}
