/**
 * Exponential moving average without start-up bias: each value is the weighted mean of itself and all before it, weights
 * falling by `factor` a step. A constant stays that constant; factor 0 changes nothing. null stays null and is skipped.
 */
export function smooth(values: readonly (number | null)[], factor: number): (number | null)[] {
  if (factor === 0) return [...values]
  let [sum, weights] = [0, 0]
  return values.map((value) => {
    if (value === null) return null
    sum = factor * sum + value
    weights = factor * weights + 1
    return sum / weights
  })
}
