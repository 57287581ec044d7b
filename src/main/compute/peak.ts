import { inputName, type Graph } from './graph'
import { plan } from './plan'
import { simplify } from './simplify'
import { sizeOf } from './shapes'

/**
 * The most bytes that the values of a graph take at once, each from when it is computed to its last use, its results to
 * the end; what is handed in is not counted.
 */
export function peakBytes(asked: Graph): number {
  const { order, lastUse } = plan(simplify(asked))
  const freed = new Map<number, number>()
  let [live, peak] = [0, 0]
  order.forEach((node, at) => {
    if (inputName(node) !== null) return
    const bytes = 4 * sizeOf(node.shape)
    live += bytes
    peak = Math.max(peak, live)
    const last = lastUse.get(node) ?? at
    freed.set(last, (freed.get(last) ?? 0) + bytes)
    live -= freed.get(at) ?? 0
  })
  return peak
}
