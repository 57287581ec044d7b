import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'

/** A place in every linked picture, from 0 (top, left) to 1; pictures of other sizes link by it. */
export interface Place {
  row: number
  column: number
}

const key: InjectionKey<ShallowRef<Place | null>> = Symbol('linked cursor')

/** Links the cursors of all pictures below this component. */
export function provideLinkedCursor(): ShallowRef<Place | null> {
  const place = shallowRef<Place | null>(null)
  provide(key, place)
  return place
}

/** The cursor of the pictures around, or one of its own. */
export const useLinkedCursor = (): ShallowRef<Place | null> => inject(key, () => shallowRef(null), true)

/** Pixel [row, column] of an image of height x width under a place. */
export const pixelAt = ({ row, column }: Place, [height, width]: readonly [number, number]): [number, number] => [
  Math.min(height - 1, Math.floor(row * height)),
  Math.min(width - 1, Math.floor(column * width)),
]

/** The middle of a pixel as a place. */
export const placeOf = (row: number, column: number, [height, width]: readonly [number, number]): Place => ({
  row: (row + 0.5) / height,
  column: (column + 0.5) / width,
})
