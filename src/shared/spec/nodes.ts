import { z } from 'zod'
import { runSpecSchema } from './schema'
import { getAt, isObject, same, type JsonObject } from './paths'

/** The part of JSON Schema that a run spec uses. */
export interface SchemaNode {
  type?: string
  description?: string
  default?: unknown
  enum?: string[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  properties?: Record<string, SchemaNode>
  anyOf?: SchemaNode[]
}

const root = z.toJSONSchema(runSpecSchema, { io: 'input' }) as SchemaNode

/** The object form of a node that may be null. */
const objectOf = (node: SchemaNode): SchemaNode => node.anyOf?.find(({ type }) => type === 'object') ?? node

/** The schema at "model.factors". */
export function schemaAt(path: string): SchemaNode {
  let node = root
  for (const key of path.split('.')) {
    const next = objectOf(node).properties?.[key]
    if (next === undefined) throw new Error(`The spec has no ${path}`)
    node = next
  }
  return node
}

/** The value that counts at `path`: the written one, else its default. */
export function valueAt(spec: JsonObject, path: string): unknown {
  const written = getAt(spec, path)
  return written === undefined ? schemaAt(path).default : written
}

/** The spec without what only repeats a default: what a person would have written. */
export const withoutDefaults = (spec: JsonObject): JsonObject => prune(root, spec)

function prune(node: SchemaNode, value: JsonObject): JsonObject {
  const kept: JsonObject = {}
  for (const [key, inner] of Object.entries(value)) {
    const schema = node.properties?.[key]
    if (schema !== undefined && same(inner, schema.default)) continue
    const short = schema !== undefined && isObject(inner) ? prune(objectOf(schema), inner) : inner
    if (schema !== undefined && same(short, schema.default)) continue
    kept[key] = short
  }
  return kept
}
