/** The part of a KeyboardEvent that says which key it is. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** How long after "G" the letter may come, in milliseconds. */
const sequenceTime = 1500

/**
 * The name of a key press: "Mod+K" (Ctrl or Cmd), "Shift+Delete", "G", "?". Shift counts only where it does not change
 * the character; null for a modifier alone.
 */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string | null {
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'Process', 'Unidentified'].includes(key)) return null
  const letter = /^\p{L}$/u.test(key)
  const shift = shiftKey && (letter || key.length > 1)
  const name = key === ' ' ? 'Space' : letter ? key.toUpperCase() : key
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`
}

/** True for keys that would write into a text field: they rest while the user types. */
export const writes = (keys: string): boolean => !/^(Mod|Alt)\+/.test(keys) && !/^F\d+$/.test(keys)

/** Follows presses, and tells which of the bound key sequences ("Mod+K", "G H") was completed. */
export class KeyMatcher {
  #pending: string | null = null
  #at = 0

  /**
   * @param bound every sequence that means something
   * @param typing whether the focus is in a text field: then only keys that write nothing count, and Mod+Z is the field's
   */
  press(press: Press, bound: ReadonlySet<string>, typing: boolean, now: number): string | null {
    const name = keyName(press)
    if (name === null) return null
    if (typing && (writes(name) || name === 'Mod+Z')) {
      this.#pending = null
      return null
    }
    const pending = now - this.#at <= sequenceTime ? this.#pending : null
    this.#pending = null
    const sequence = pending === null ? name : `${pending} ${name}`
    if (bound.has(sequence)) return sequence
    if ([...bound].some((keys) => keys.startsWith(`${name} `))) {
      this.#pending = name
      this.#at = now
      return null
    }
    return bound.has(name) ? name : null
  }
}

const shown: Record<string, string> = {
  Mod: 'Ctrl',
  Delete: 'Del',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
}

/** Keys as they stand on the keyboard: "Mod+K" -> ["Ctrl", "K"], on a Mac ["Cmd", "K"]. */
export const keyCaps = (keys: string, mac: boolean): string[] =>
  keys
    .split(/[ ]|(?<=.)\+(?=.)/)
    .filter((part) => part !== '')
    .map((part) => (part === 'Mod' && mac ? 'Cmd' : (shown[part] ?? part)))
