import { specNode } from '../../src/shared/spec/nodes'

interface Schema {
  properties?: Record<string, Schema>
  required?: string[]
  enum?: string[]
  const?: unknown
  type?: string
  anyOf?: Schema[]
  default?: unknown
  description?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
}

/** Limits a whole number has by being one say nothing. */
const said = (limit: number | undefined): limit is number => limit !== undefined && Math.abs(limit) < 2 ** 53 - 1

function kindOf({ enum: names, const: constant, type, minimum, maximum, exclusiveMinimum }: Schema): string {
  if (names !== undefined) return names.map((name) => `\`${name.replace('|', '\\|')}\``).join(', ')
  if (constant !== undefined || type === 'null') return `\`${JSON.stringify(constant ?? null)}\``
  const word = type === 'integer' ? 'whole number' : (type ?? '')
  if (exclusiveMinimum !== undefined && said(maximum)) return `${word} above ${exclusiveMinimum}, to ${maximum}`
  if (said(minimum) && said(maximum)) return `${word} ${minimum} to ${maximum}`
  if (said(minimum)) return `${word} from ${minimum}`
  if (said(exclusiveMinimum)) return `${word} above ${exclusiveMinimum}`
  return word
}

function rowsOf(path: string, schema: Schema, required: boolean): string[] {
  const nullable = schema.anyOf?.some(({ type }) => type === 'null') ?? false
  const own = nullable
    ? { ...schema.anyOf?.find(({ type }) => type !== 'null'), description: schema.description, default: schema.default }
    : schema
  if (own.properties === undefined) {
    const value =
      own.default === undefined ? (required ? 'needed' : '') : `\`${JSON.stringify(own.default).replace('|', '\\|')}\``
    const kind = `${kindOf(own)}${nullable ? ' or `null`' : ''}`
    return [`| \`${path}\` | ${kind} | ${value} | ${own.description ?? ''} |`]
  }
  const inner = Object.entries(own.properties).flatMap(([key, value]) =>
    rowsOf(path === '' ? key : `${path}.${key}`, value, own.required?.includes(key) ?? false),
  )
  if (path === '' || !(nullable || own.description)) return inner
  return [`| \`${path}\` | object${nullable ? ' or `null`' : ''} | | ${own.description ?? ''} |`, ...inner]
}

/** The page of docs/spec.md: every key of a run spec, from the schema itself. */
export function specPage(): string {
  const schema = specNode as Schema
  return [
    '# Run spec',
    '',
    'Every key of a run, written by `npx vitest run test/unit/shared/specTable.test.ts -u` from the schema in',
    '`src/shared/spec` and `src/shared/kinds`. All keys but `model.kind` and `dataset` have defaults; unknown keys are',
    'refused, those of another kind of model (in brackets: whose they are) left out and named. Without `classifier` a run',
    'trains one model on all the data, or on pairs.',
    '',
    '| key | value | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rowsOf('', schema, true).map((row) => row.replace(/ +\|/g, ' |')),
    '',
  ].join('\n')
}
