import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useToastsStore } from '../../../../src/renderer/src/stores/toasts'

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
afterEach(() => vi.useRealTimers())

it('offers to undo for ten seconds', async () => {
  const toasts = useToastsStore()
  const undo = vi.fn()
  toasts.show('Moved rect-1 to the bin.', undo)
  vi.advanceTimersByTime(9900)
  expect(await toasts.undo()).toBe(true)
  expect(undo).toHaveBeenCalledOnce()
  expect(await toasts.undo()).toBe(false)

  toasts.show('Moved rect-2 to the bin.', undo)
  vi.advanceTimersByTime(10_100)
  expect(toasts.toast).toBeNull()
})

it('stays while it is looked at', () => {
  const toasts = useToastsStore()
  toasts.show('Copied the link.')
  toasts.held = true
  vi.advanceTimersByTime(60_000)
  expect(toasts.toast?.text).toBe('Copied the link.')
  toasts.held = false
  vi.advanceTimersByTime(10_000)
  expect(toasts.toast).toBeNull()
})

it('does not let a message push away what can be undone', () => {
  const toasts = useToastsStore()
  toasts.show('Moved rect-1 to the bin.', vi.fn())
  toasts.show('rect-2 is done.')
  expect(toasts.toast?.text).toBe('Moved rect-1 to the bin.')
  vi.advanceTimersByTime(10_100)
  expect(toasts.toast?.text).toBe('rect-2 is done.')
})
