/** An issue of a zod schema that was asked to report its input. */
export interface Issue {
  path: PropertyKey[]
  message: string
  code?: string
  values?: unknown[]
  keys?: string[]
  input?: unknown
}

/** What is wrong with a field, in words of a form. @param value what the field has */
export function issueWords({ code, keys, values, message }: Issue, value: unknown): string {
  if (code === 'unrecognized_keys') return `unknown key: ${keys?.join(', ') ?? ''}`
  if (code === 'invalid_value') return `one of ${values?.join(', ') ?? ''}`
  if (code === 'invalid_type' && value === undefined) return 'needed'
  return message
    .replace(/^Invalid input: expected int, received number$/, 'a whole number is needed')
    .replace(/^Invalid input: expected (\w+), received (\w+)$/, '$1 expected, $2 found')
    .replace(/^Too big: expected \w+ to be <=?\s*/, 'at most ')
    .replace(/^Too small: expected \w+ to be >=\s*/, 'at least ')
    .replace(/^Too small: expected \w+ to be >\s*/, 'more than ')
}
