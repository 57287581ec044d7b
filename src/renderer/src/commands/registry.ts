import { computed, onScopeDispose, shallowReactive, toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import { useSettingsStore } from '../stores/settings'
import type { Command } from './command'

const sources = shallowReactive(new Map<symbol, readonly Command[]>())

/** Offers commands for as long as the component lives; a getter follows what is possible at the moment. */
export function useCommands(commands: MaybeRefOrGetter<readonly Command[]>): void {
  const me = Symbol('commands')
  watchEffect(() => void sources.set(me, toValue(commands)))
  onScopeDispose(() => sources.delete(me))
}

/** Every command that is possible now; of two with the same id the later mounted. */
export const commands = computed<readonly Command[]>(() => [
  ...new Map([...sources.values()].flat().map((command) => [command.id, command])).values(),
])

/** The keys of a command: the user's, else its own; null for none. */
export function useKeysOf(): (command: Command) => string | null {
  const settings = useSettingsStore()
  return (command) => (settings.keys[command.id] ?? command.keys) || null
}
