import { kindNames, kindOf, type ModelKind } from '../kinds'
import { parseInput } from '../parse'
import { getAt, isObject, setAt } from './paths'
import { runSpecSchema, type RunSpec } from './schema'

/** A spec without what means nothing for its kind of model. */
export interface OwnKeys {
  spec: unknown
  /** Names what was left out, in a line; null where all of it means something. */
  leftOut: string | null
}

/** Leaves out keys of another kind, which specs from before kinds had keys of their own hold; keys of no kind stay. */
export function ownKeys(spec: unknown): OwnKeys {
  const model = getAt(spec, 'model')
  const kind = kindNames.find((name) => isObject(model) && model.kind === name)
  if (!isObject(model) || kind === undefined) return { spec, leftOut: null }
  const foreign = Object.keys(model).filter((key) => isForeign(kind, key))
  if (foreign.length === 0) return { spec, leftOut: null }
  const kept = Object.fromEntries(Object.entries(model).filter(([key]) => !foreign.includes(key)))
  const named = foreign.map((key) => `model.${key}`).join(', ')
  return { spec: setAt(spec, 'model', kept), leftOut: `${named}: left out, means nothing for model.kind ${kind}` }
}

const isForeign = (kind: ModelKind, key: string): boolean =>
  !(key in kindOf(kind).keys) && kindNames.some((other) => key in kindOf(other).keys)

/** A spec with every default filled in. @throws WorkbenchError BAD_INPUT */
export const readSpec = (written: unknown, where: string): RunSpec =>
  parseInput(runSpecSchema, ownKeys(written).spec, where)
