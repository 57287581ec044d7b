/** A value that is there by what was looked at before. @throws TypeError where it is not, all the same */
export function present<Value>(value: Value | null | undefined): Value {
  if (value == null) throw new TypeError('a value that should be there is missing')
  return value
}
