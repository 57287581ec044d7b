import { computed, type Ref } from 'vue'
import { present } from '../../../../shared/present'
import type { FieldRequest, PlaneAnswer, PlaneChoice } from '../../../../shared/dynamics'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { onPlane, pointAt } from './planeGeometry'
import type { useDynamicsRoute } from './useDynamicsRoute'

/** Points of the grid along each axis. */
const gridPoints = 25

/** What the trajectory of the screen is: on the plane, with its energies. */
export type ShownTrajectory = PlaneAnswer['trajectory']

/** Asks for the field, the trajectory and the integrability of what the route names. */
export function useDynamics(route: ReturnType<typeof useDynamicsRoute>, ready: Ref<boolean>) {
  const subject = computed((): FieldRequest | null => {
    const run = route.run.value
    const x = route.x.value
    if (!ready.value || run === null || x === null) return null
    return {
      run: run.id,
      class: run.classifier ? (route.modelClass.value ?? 0) : null,
      x,
      y: route.needsY.value ? route.y.value : null,
      slots: route.field.value,
    }
  })
  const choice = computed((): PlaneChoice | null => {
    const kind = route.plane.value
    if (kind === 'iterates') return { kind }
    if (kind === 'pca') return { kind, split: 'train' }
    const [a, b, c] = route.through.map(({ value }) => value)
    return a && b && c ? { kind, images: [a, b, c] } : null
  })
  const walk = computed(() => ({ map: route.map.value, eps: route.eps.value, steps: route.steps.value }))

  const planeRequest = computed(() =>
    subject.value === null || choice.value === null
      ? null
      : { ...subject.value, ...walk.value, plane: choice.value, n: gridPoints, ticket: 'dynamics plane' },
  )
  const plane = useLoad(
    () => (planeRequest.value === null ? null : JSON.stringify(planeRequest.value)),
    () => api.dynamics.plane.query(present(planeRequest.value)),
  )

  /** From where y was dragged to: the plane stays, the trajectory is another. */
  const dragged = computed(() => {
    const [answer, at] = [plane.data.value, route.at.value]
    if (answer === null || at === null || planeRequest.value === null) return null
    return {
      answer,
      request: { ...present(subject.value), ...walk.value, start: pointAt(answer, at), ticket: 'dynamics drag' },
    }
  })
  const walked = useLoad(dragged, async ({ answer, request }): Promise<ShownTrajectory> => {
    const { points, ...rest } = await api.dynamics.trajectory.query(request)
    return { ...rest, ...onPlane(answer, points), points: Float32Array.from(points) }
  })

  const integrabilityRequest = computed(() => {
    if (subject.value === null) return null
    const start = dragged.value?.request.start
    return { ...subject.value, ...(start ? { start } : {}), ticket: 'dynamics integrability' }
  })
  const integrability = useLoad(integrabilityRequest, (request) => api.dynamics.integrability.query(request))

  return {
    plane,
    integrability,
    walked,
    trajectory: computed((): ShownTrajectory | null =>
      route.at.value === null ? (plane.data.value?.trajectory ?? null) : walked.data.value,
    ),
    reload: () => Promise.all([plane.reload(), walked.reload(), integrability.reload()]),
  }
}
