import { schemaAt } from '../../shared/spec/nodes'
import { same } from '../../shared/spec/paths'
import { settingPaths } from '../../shared/spec/settings'
import type { Axis, SweepSpec } from '../../shared/sweeps'
import { isRange } from './space'

/** Share of a range that counts as its edge. */
const margin = 0.05

type End = 'lowest' | 'highest'

/**
 * Warns where the best value is the last one of its axis: beyond it may be a better one. Of a range also where it is the
 * outermost that was tried, or within a twentieth of the end.
 * @param tried settings that were compared
 */
export const edgeNotices = (
  { axes }: Pick<SweepSpec, 'axes'>,
  best: Record<string, unknown>,
  tried: readonly Record<string, unknown>[],
): string[] =>
  Object.entries(axes).flatMap(([key, axis]) => {
    const value = best[key]
    if (typeof value !== 'number') return []
    const values = [...new Set(tried.map((settings) => settings[key]).filter((one) => typeof one === 'number'))]
    const end = endOf(axis, value, values)
    if (end === null) return []
    const way = end === 'lowest' ? 'lower' : 'higher'
    const advice = isLimit(key, value, end) ? 'it can go no further' : `try ${way} ones`
    return [`The best ${key}, ${value}, is the ${end} of its axis: ${advice}.`]
  })

function endOf(axis: Axis, value: number, tried: readonly number[]): End | null {
  const all = isRange(axis) ? tried : axis.filter((one) => typeof one === 'number')
  const [low, high] = [Math.min(...all), Math.max(...all)]
  if (low < high && value === low) return 'lowest'
  if (low < high && value === high) return 'highest'
  if (!isRange(axis)) return null
  const scale = axis.scale === 'log' ? Math.log : (x: number) => x
  const place = (scale(value) - scale(axis.from)) / (scale(axis.to) - scale(axis.from))
  return place <= margin ? 'lowest' : place >= 1 - margin ? 'highest' : null
}

/** Whether the schema has nothing beyond. */
function isLimit(key: string, value: number, end: End): boolean {
  if (!settingPaths.includes(key)) return false
  const { minimum, maximum } = schemaAt(key)
  return same(value, end === 'lowest' ? minimum : maximum)
}
