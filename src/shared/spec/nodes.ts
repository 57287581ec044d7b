import { z } from 'zod'
import { kindNames, kindOf, type ModelKind } from '../kinds'
import { getAt, isObject, same, type JsonObject } from './paths'
import { runSpecSchema } from './schema'

/** The part of JSON Schema that a run spec uses. */
export interface SchemaNode {
  type?: string
  title?: string
  description?: string
  default?: unknown
  enum?: string[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  properties?: Record<string, SchemaNode>
  required?: string[]
  anyOf?: SchemaNode[]
}

const keysOf = (name: ModelKind): Record<string, SchemaNode> =>
  (z.toJSONSchema(z.object(kindOf(name).keys), { io: 'input' }) as SchemaNode).properties ?? {}

const modelNodes = new Map(kindNames.map((name) => [name as string, keysOf(name)]))

/** Every key of any kind; one that only some have says which. */
function modelNode(): SchemaNode {
  const properties: Record<string, SchemaNode> = {
    kind: {
      type: 'string',
      title: 'Model kind',
      enum: kindNames,
      description: kindNames.map((name) => kindOf(name).summary).join('; '),
    },
  }
  const entries = [...modelNodes.values()].flatMap((keys) => Object.entries(keys))
  const sizesFirst = entries.toSorted(([, a], [, b]) => Number(b.type === 'integer') - Number(a.type === 'integer'))
  for (const [key, node] of sizesFirst) {
    const owners = kindNames.filter((name) => key in kindOf(name).keys)
    const only = owners.length === kindNames.length ? '' : ` (${owners.join(', ')})`
    properties[key] ??= { ...node, description: `${node.description ?? ''}${only}` }
  }
  return { type: 'object', description: 'the model', properties, required: ['kind'] }
}

const whole = z.toJSONSchema(runSpecSchema, { io: 'input' }) as SchemaNode

/** The schema of a run spec, the keys of all kinds in one. */
export const specNode: SchemaNode = { ...whole, properties: { ...whole.properties, model: modelNode() } }

/** The object form of a node that may be null. */
export const objectOf = (node: SchemaNode): SchemaNode => node.anyOf?.find(({ type }) => type === 'object') ?? node

/** An object that may be null: switched on and off as a whole. */
export const isPart = (node: SchemaNode): boolean => objectOf(node) !== node

function find(node: SchemaNode, path: string): SchemaNode | undefined {
  return path.split('.').reduce<SchemaNode | undefined>((at, key) => at && objectOf(at).properties?.[key], node)
}

/** The schema as it is for the kind of model that a spec names; of all kinds where it names none. */
function nodeOf(spec: JsonObject): SchemaNode {
  const keys = modelNodes.get(String(getAt(spec, 'model.kind')))
  if (keys === undefined) return specNode
  const { kind } = specNode.properties?.model?.properties ?? {}
  const properties = { ...(kind && { kind }), ...keys }
  return { ...specNode, properties: { ...specNode.properties, model: { properties } } }
}

/** The schema at "model.factors". */
export function schemaAt(path: string): SchemaNode {
  const node = find(specNode, path)
  if (node === undefined) throw new Error(`The spec has no ${path}`)
  return node
}

/** Whether `path` means something for the kind of model that a spec names. */
export const applies = (spec: JsonObject, path: string): boolean => find(nodeOf(spec), path) !== undefined

/** The value that counts at `path`: the written one, else its default, which a kind may have of its own. */
export function valueAt(spec: JsonObject, path: string): unknown {
  const written = getAt(spec, path)
  return written === undefined ? (find(nodeOf(spec), path) ?? schemaAt(path)).default : written
}

/** The spec without what only repeats a default: what a person would have written. */
export const withoutDefaults = (spec: JsonObject): JsonObject => prune(nodeOf(spec), spec)

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
