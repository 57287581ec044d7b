import { computed } from 'vue'
import { figure2, type PlaneChoice, type Slots as Field, type TrajectoryMap } from '../../../../shared/dynamics'
import { useModelRoute } from '../../composables/useModelRoute'
import {
  useQuery,
  useQueryChoice,
  useQueryFlag,
  useQueryImage,
  useQueryInteger,
  useQueryNumber,
} from '../../composables/useQuery'

export type PlaneKind = PlaneChoice['kind']

/** A preset of the poster's Figure 2, by its name in the route. */
const presets = { '2a': figure2.a, '2b': figure2.b } as const
export type PresetName = keyof typeof presets

/** Everything that the Dynamics screen shows, in the route. */
export function useDynamicsRoute() {
  const model = useModelRoute()
  const preset = useQueryChoice('preset', ['2a', '2b'])
  const [asked, plane, map] = [
    useQueryChoice('field', ['fixed', 'both']),
    useQueryChoice('plane', ['pca', 'images', 'iterates']),
    useQueryChoice('map', ['step', 'relaxed', 'flow']),
  ]
  const [eps, steps] = [useQueryNumber('eps', 0.001, 10), useQueryInteger('n', 0, 1000)]
  const at = useQuery<readonly [number, number] | null>(
    'at',
    (text) => {
      const [s, t, ...rest] = (text ?? '').split(',').map(Number)
      return s !== undefined && t !== undefined && rest.length === 0 && text !== '' && Number.isFinite(s + t)
        ? [s, t]
        : null
    },
    (place) => (place === null ? null : place.map((value) => Number(value.toPrecision(6))).join(',')),
  )
  const given = computed(() => (preset.value === null ? null : presets[preset.value]))

  const field = computed<Field>(() => (model.needsY.value ? 'fixed' : (given.value?.slots ?? asked.value ?? 'both')))
  /** Imported weights have no data here whose components could span a plane. */
  const usualPlane = computed<PlaneKind>(() => (model.hasData.value === false ? 'iterates' : 'pca'))
  const planeKind = computed<PlaneKind>(() => given.value?.plane.kind ?? plane.value ?? usualPlane.value)
  const walk = computed<TrajectoryMap>(() => given.value?.map ?? map.value ?? 'step')

  /** A choice of its own ends the preset; what the preset had set stays as it was. */
  function own(change: () => void): void {
    const now = { field: field.value, plane: planeKind.value, map: walk.value }
    if (preset.value !== null) {
      preset.value = null
      asked.value = now.field
      plane.value = now.plane
      map.value = now.map
    }
    change()
  }

  return {
    ...model,
    preset: computed<PresetName | null>({
      get: () => preset.value,
      set: (name) => {
        preset.value = name
        for (const own of [asked, plane, map]) own.value = null
        at.value = null
      },
    }),
    field: computed<Field>({ get: () => field.value, set: (value) => own(() => (asked.value = value)) }),
    plane: computed<PlaneKind>({ get: () => planeKind.value, set: (value) => own(() => (plane.value = value)) }),
    map: computed<TrajectoryMap>({ get: () => walk.value, set: (value) => own(() => (map.value = value)) }),
    eps: computed({ get: () => eps.value ?? 0.1, set: (value: number) => (eps.value = value) }),
    steps: computed({ get: () => steps.value ?? 5, set: (value: number) => (steps.value = value) }),
    /** Three images that a plane of images goes through. */
    through: [useQueryImage('p1'), useQueryImage('p2'), useQueryImage('p3')] as const,
    /** Where y was dragged to, on the plane; null: at the image. */
    at,
    /** Whether training images are hidden on planes that have them. */
    bare: useQueryFlag('bare'),
  }
}
