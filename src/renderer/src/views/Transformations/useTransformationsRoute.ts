import { computed } from 'vue'
import { useModelRoute } from '../../composables/useModelRoute'
import { useQuery, useQueryChoice, useQueryImage, useQueryInteger, useQueryList } from '../../composables/useQuery'

export type SortBy = 'index' | 'norm' | 'freq'

/** Everything that the Transformations screen shows, in the route. */
export function useTransformationsRoute() {
  const model = useModelRoute()
  const sort = useQueryChoice('sort', ['index', 'norm', 'freq'])
  const unit = useQueryInteger('k', 0, 65_535)
  const steps = useQueryInteger('n', 1, 100)
  const to = useQueryList('to')
  const pins = (key: string) => {
    const pinned = useQueryList(key)
    return computed<readonly number[]>({
      get: () => pinned.value.map(Number).filter((value) => Number.isInteger(value) && value >= 0),
      set: (value) => (pinned.value = value.map(String)),
    })
  }
  const share = useQuery<number>(
    't',
    (text) => {
      const value = text === null ? 0.5 : Number(text)
      return value >= 0 && value <= 1 ? value : 0.5
    },
    (value) => (value === 0.5 ? null : String(value)),
  )
  return {
    ...model,
    sort: computed<SortBy>({
      get: () => sort.value ?? 'norm',
      set: (value) => (sort.value = value === 'norm' ? null : value),
    }),
    /** Of each part of a model the unit whose filters are marked, and those that stay in view. */
    marks: [
      { factor: useQueryInteger('f', 0, 65_535), pins: pins('pins') },
      { factor: useQueryInteger('mf', 0, 65_535), pins: pins('mpins') },
    ] as const,
    unit: computed({ get: () => unit.value ?? 0, set: (value: number) => (unit.value = value) }),
    /** Images that the transformation is applied to, by SHA-256. */
    to: computed<readonly string[]>({
      get: () => to.value.filter((sha256) => /^[0-9a-f]{64}$/.test(sha256)),
      set: (value) => (to.value = value),
    }),
    steps: computed({ get: () => steps.value ?? 5, set: (value: number) => (steps.value = value) }),
    /** The second pair of the interpolation, and how far the way to it is. */
    xB: useQueryImage('xb'),
    yB: useQueryImage('yb'),
    share,
  }
}
