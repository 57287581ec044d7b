import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { useNote } from '../../../../src/renderer/src/views/Run/useNote'
import { useToastsStore } from '../../../../src/renderer/src/stores/toasts'
import type { RunSummary } from '../../../../src/shared/runs'

const stored = vi.hoisted(() => ({ notes: [] as string[], lost: false, during: () => undefined as unknown }))
vi.mock('../../../../src/renderer/src/api/client', () => ({
  api: {
    runs: {
      note: {
        mutate: async ({ run, note }: { run: string; note: string }) => {
          stored.during()
          if (stored.lost) throw new Error('the connection is lost')
          stored.notes.push(note)
          return { id: run, note: note || null } as RunSummary
        },
      },
    },
  },
}))

beforeEach(() => {
  setActivePinia(createPinia())
  Object.assign(stored, { notes: [], lost: false, during: () => undefined })
})

const noteOf = (id: string, note: string | null = null) => useNote(() => ({ id, name: id, note }) as RunSummary)

it('what could not be stored is kept, and is stored by the next try, also after the page was left', async () => {
  const before = noteOf('a')
  before.text.value = 'Typed.'
  stored.lost = true
  await before.save()
  expect(before.saving.error.value?.message).toBe('the connection is lost')
  expect([before.text.value, stored.notes]).toEqual(['Typed.', []])

  stored.lost = false
  const after = noteOf('a')
  expect(after.text.value).toBe('Typed.')
  await after.save()
  expect([stored.notes, after.draft.value]).toEqual([['Typed.'], null])
})

it('what is typed while it is being stored is not overwritten by what was stored', async () => {
  const note = noteOf('b')
  note.text.value = 'One'
  stored.during = () => (note.text.value = 'One, two')
  await note.save()
  expect([stored.notes, note.text.value]).toEqual([['One'], 'One, two'])
})

it('a note that takes the place of another, or removes it, can be taken back', async () => {
  const note = noteOf('c', 'Before.')
  note.text.value = ''
  await note.save()
  expect(useToastsStore().toast?.text).toBe('Note on c removed')
  await useToastsStore().undo()
  expect(stored.notes).toEqual(['', 'Before.'])
})

it('what did not change, or cannot be, is not sent', async () => {
  const note = noteOf('d', 'Same.')
  note.text.value = 'Same.\n'
  await note.save()
  expect(note.draft.value).toBeNull()
  note.text.value = 'x'.repeat(10_001)
  await note.save()
  expect([note.wrong.value, stored.notes]).toEqual(['at most 10,000 characters', []])
})
