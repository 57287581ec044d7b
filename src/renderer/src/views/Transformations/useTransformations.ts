import { computed } from 'vue'
import { present } from '../../../../shared/present'
import type { FiltersAnswer } from '../../../../shared/transformations'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { interpolationShares } from './interpolationShares'
import type { useTransformationsRoute } from './useTransformationsRoute'

/** Filters, and the run whose they are: they stay on the screen while those of another run are on their way. */
export type ShownFilters = FiltersAnswer & { run: string }

/** Filters of the model, and what the transformation of the pair does to other images. */
export function useTransformations(route: ReturnType<typeof useTransformationsRoute>) {
  const { run, x, y, needsY } = route
  const subject = computed(() => {
    const of = run.value
    return of === null ? null : { run: of.id, class: of.classifier ? (route.modelClass.value ?? 0) : null }
  })
  const filters = useLoad(
    () => (subject.value === null ? null : JSON.stringify(subject.value)),
    async (): Promise<ShownFilters> => {
      const of = present(subject.value)
      return { ...(await api.transformations.filters.query({ ...of, ticket: 'filters' })), run: of.run }
    },
  )

  /** The pair that shows the transformation; null where there is none yet. */
  const pair = computed(() =>
    subject.value !== null && needsY.value && x.value !== null && y.value !== null ? { x: x.value, y: y.value } : null,
  )
  const applyRequest = computed(() =>
    pair.value === null || route.to.value.length === 0
      ? null
      : {
          ...present(subject.value),
          ...pair.value,
          to: [...route.to.value],
          steps: route.steps.value,
          restoreContrast: true,
          ticket: 'apply',
        },
  )
  const applied = useLoad(
    () => (applyRequest.value === null ? null : JSON.stringify(applyRequest.value)),
    () => api.transformations.transform.query(present(applyRequest.value)),
  )

  const interpolateRequest = computed(() => {
    const [xB, yB] = [route.xB.value, route.yB.value]
    if (pair.value === null || xB === null || yB === null) return null
    return {
      ...present(subject.value),
      a: pair.value,
      b: { x: xB, y: yB },
      to: route.to.value[0] ?? pair.value.x,
      t: [...interpolationShares],
      ticket: 'interpolate',
    }
  })
  const interpolated = useLoad(
    () => (interpolateRequest.value === null ? null : JSON.stringify(interpolateRequest.value)),
    () => api.transformations.interpolate.query(present(interpolateRequest.value)),
  )
  return { filters, pair, applied, interpolated }
}
