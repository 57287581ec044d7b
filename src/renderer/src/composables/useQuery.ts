import { present } from '../../../shared/present'
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

// Several values may be set before the route has them: each builds on the others, not on the route as it was.
let pending: LocationQuery | null = null
let scheduled = false

/**
 * One value of the screen's state in the route's query. What `parse` does not know becomes its default; null from
 * `format` leaves the key out.
 */
export function useQuery<T>(
  key: string,
  parse: (text: string | null) => T,
  format: (value: T) => string | null,
): WritableComputedRef<T> {
  const route = useRoute()
  const router = useRouter()
  // Apart from the parsed value, so that a change of other keys does not make a new object of an unchanged one.
  const text = computed(() => {
    const value = route.query[key]
    return typeof value === 'string' ? value : null
  })
  return computed({
    get: () => parse(text.value),
    set: (value) => {
      const next = format(value)
      const query = { ...(pending ?? route.query) }
      if (next === null) delete query[key]
      else query[key] = next
      pending = query
      if (scheduled) return
      scheduled = true
      queueMicrotask(async () => {
        scheduled = false
        const all = present(pending)
        await router.replace({ path: route.path, query: all })
        if (pending === all) pending = null
      })
    },
  })
}

/** A text; empty means absent. */
export const useQueryText = (key: string) =>
  useQuery(
    key,
    (text) => text ?? '',
    (text) => text || null,
  )

/** A switch, off where absent. */
export const useQueryFlag = (key: string) =>
  useQuery(
    key,
    (text) => text === '1',
    (on) => (on ? '1' : null),
  )

/** A list by commas. */
export const useQueryList = (key: string) =>
  useQuery<readonly string[]>(
    key,
    (text) => text?.split(',').filter((part) => part !== '') ?? [],
    (parts) => (parts.length === 0 ? null : parts.join(',')),
  )

/** A whole number of the range, or null. */
export const useQueryInteger = (key: string, low: number, high: number) =>
  useQuery<number | null>(
    key,
    (text) => {
      const value = text !== null && /^\d+$/.test(text) ? Number(text) : NaN
      return value >= low && value <= high ? value : null
    },
    (value) => (value === null ? null : String(value)),
  )

/** An uploaded image by its SHA-256, or null. */
export const useQueryImage = (key: string) =>
  useQuery<string | null>(
    key,
    (text) => (text !== null && /^[0-9a-f]{64}$/.test(text) ? text : null),
    (value) => value,
  )

/** One of the given words, or null. */
export const useQueryChoice = <const T extends string>(key: string, words: readonly T[]) =>
  useQuery<T | null>(
    key,
    (text) => words.find((word) => word === text) ?? null,
    (value) => value,
  )

/** A number of the range, or null. */
export const useQueryNumber = (key: string, low: number, high: number) =>
  useQuery<number | null>(
    key,
    (text) => {
      const value = text === null || text.trim() === '' ? NaN : Number(text)
      return value >= low && value <= high ? value : null
    },
    (value) => (value === null ? null : String(value)),
  )
