import { nextTick } from 'vue'

/** Where a key leads from one of `count` places that lie row by row; null for other keys. A list has no left and right. */
export function placeByKey(event: KeyboardEvent, at: number, count: number, pageRows: number, columns?: number) {
  const modified = event.ctrlKey || event.metaKey || event.altKey
  const row = columns ?? 1
  const places: Record<string, number> = {
    ...(columns !== undefined && { ArrowRight: at + 1, ArrowLeft: at - 1 }),
    ArrowDown: at + row,
    ArrowUp: at - row,
    PageDown: at + pageRows * row,
    PageUp: at - pageRows * row,
    Home: 0,
    End: count - 1,
  }
  const place = places[event.key]
  return place === undefined || modified ? null : Math.max(0, Math.min(count - 1, place))
}

/**
 * Gives an element of a virtual list the focus. A far one is drawn once the list has scrolled there, some frames later;
 * by then something else may be wanted.
 */
export async function focusWhenDrawn(find: () => Element | null | undefined, wanted: () => boolean): Promise<void> {
  await nextTick()
  for (let frame = 0; frame < 30 && wanted(); frame++) {
    const element = find()
    if (element) return (element as HTMLElement).focus({ preventScroll: true })
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}
