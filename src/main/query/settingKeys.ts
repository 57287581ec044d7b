import { kindNames } from '../../shared/kinds'
import { applies, isPart, schemaAt, valueAt, type SchemaNode } from '../../shared/spec/nodes'
import { settingPaths } from '../../shared/spec/settings'
import { key, type Key } from './key'

/** Settings that a run's own columns go by the name of: `epochs` is how many it was trained. */
const shadowed = ['epochs']
/** Settings that are columns as well, with the same value. */
const columns = ['seed', 'dataset']

/** Every setting of a spec, by its path. */
export const settingKeys: readonly Key[] = settingPaths
  .filter((path) => !columns.includes(path))
  .map((path) => {
    const node = schemaAt(path)
    const choices = bare(node).enum ?? []
    return key(shadowed.includes(path) ? `spec.${path}` : path, typeOf(node), settingSql(path), { choices })
  })

function bare(node: SchemaNode): SchemaNode {
  return node.anyOf?.find(({ type }) => type !== 'null') ?? node
}

function typeOf(node: SchemaNode): Key['type'] {
  const { type, enum: choices, properties } = bare(node)
  if (properties !== undefined) return 'part'
  if (choices !== undefined) return 'choice'
  if (type === 'boolean') return 'boolean'
  return type === 'integer' || type === 'number' ? 'number' : 'text'
}

/** A default as SQLite writes what `json_extract` gives. */
function literal(value: unknown): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number') return String(value)
  return `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`
}

/** The value that counts: the stored one; else, in specs that are older than the key, its default. */
function settingSql(path: string): string {
  const defaults = path.startsWith('model.') ? modelDefaults(path) : partDefault(path)
  const stored = `json_extract(runs.spec, '$.${path}')`
  if (defaults === '') return stored
  return `(CASE WHEN json_type(runs.spec, '$.${path}') IS NOT NULL THEN ${stored} ${defaults} END)`
}

/** Kinds have keys of their own, and defaults of their own for the same key. */
function modelDefaults(path: string): string {
  const ofKinds = kindNames.flatMap((kind) => {
    const spec = { model: { kind } }
    const value = applies(spec, path) ? valueAt(spec, path) : undefined
    return value === undefined ? [] : [`WHEN runs.kind = '${kind}' THEN ${literal(value)}`]
  })
  return ofKinds.join(' ')
}

/** A default counts where the parts around its key are there. */
function partDefault(path: string): string {
  const { default: value } = schemaAt(path)
  if (value === undefined) return ''
  const around = path.split('.').map((_, at, keys) => keys.slice(0, at).join('.'))
  const guards = around.slice(1).flatMap((outer) => {
    const node = schemaAt(outer)
    if (node.default === undefined) return [`json_type(runs.spec, '$.${outer}') = 'object'`]
    return isPart(node) ? [`json_type(runs.spec, '$.${outer}') IS NOT 'null'`] : []
  })
  return `WHEN ${guards.join(' AND ') || '1'} THEN ${literal(value)}`
}
