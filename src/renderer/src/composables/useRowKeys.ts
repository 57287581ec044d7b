import { nextTick, type Ref } from 'vue'

export interface RowKeys {
  /** Ids of the rows in their order on screen. */
  ids: () => readonly string[]
  /** The row that the keys act on. */
  active: Ref<string | null>
  /** Rows that a page holds. */
  pageRows: () => number
  /** Brings a row into view. */
  reveal: (index: number) => void
  /** Gives a row the focus; false where it is not drawn yet. */
  focus: (id: string) => boolean
  open: (id: string) => void
  toggle: (id: string) => void
  bin: (id: string) => void
}

/** Keys of a list of rows: arrows, Page, Home and End move, Enter opens, Space selects, Del bins. */
export function useRowKeys(keys: RowKeys) {
  async function moveTo(index: number): Promise<void> {
    const ids = keys.ids()
    const place = Math.min(ids.length - 1, Math.max(0, index))
    const id = ids[place]
    if (id === undefined) return
    keys.active.value = id
    keys.reveal(place)
    await nextTick()
    // A far row is drawn once the list has scrolled there, some frames later.
    for (let frame = 0; frame < 30 && keys.active.value === id && !keys.focus(id); frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }

  return function onKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const ids = keys.ids()
    const at = keys.active.value === null ? -1 : ids.indexOf(keys.active.value)
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + keys.pageRows(),
      PageUp: at - keys.pageRows(),
      Home: 0,
      End: ids.length - 1,
    }
    const target = moves[event.key]
    const id = ids[at]
    if (target !== undefined) void moveTo(target)
    else if (id === undefined) return
    else if (event.key === 'Enter') keys.open(id)
    else if (event.key === ' ') keys.toggle(id)
    else if (event.key === 'Delete') {
      keys.bin(id)
      // The row leaves: its neighbour takes over.
      keys.active.value = ids[at + 1] ?? ids[at - 1] ?? null
    } else return
    event.preventDefault()
  }
}
