import { useEventListener } from '@vueuse/core'
import { computed } from 'vue'
import type { Command } from './command'
import { KeyMatcher } from './keys'
import { commands, useKeysOf } from './registry'

/** Whether a key press writes into what has the focus. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'file', 'range'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Runs commands by their keys, everywhere but in an open dialog, which has its own. */
export function useKeyboard(): void {
  const matcher = new KeyMatcher()
  const keysOf = useKeysOf()
  const bound = computed(() => {
    const map = new Map<string, Command>()
    for (const command of commands.value) {
      const keys = keysOf(command)
      if (keys !== null) map.set(keys, command)
    }
    return map
  })

  useEventListener(window, 'keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
    const keys = new Set(bound.value.keys())
    const sequence = matcher.press(event, keys, isTyping(event.target), event.timeStamp)
    if (sequence === null) return
    event.preventDefault()
    void bound.value.get(sequence)?.run()
  })
}
