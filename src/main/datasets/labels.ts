/** Labels of all examples. */
export interface Labels {
  where: string
  values: Float64Array
  /** What they count; null where they are their own names. */
  names: string[] | null
  /** Where they stood, in words. */
  from: string
}
