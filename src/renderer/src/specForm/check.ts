import type { Dataset } from '../../../shared/datasets'
import { misfit } from '../../../shared/spec/fits'
import { ownKeys } from '../../../shared/spec/read'
import { runSpecSchema, type RunSpec } from '../../../shared/spec/schema'
import { issueWords, type Issue } from './issueWords'
import { jsonFault } from './jsonFault'
import { isObject, type JsonObject } from '../../../shared/spec/paths'

/** What is wrong, by the key path of the field: "model.factors" */
export type SpecIssues = ReadonlyMap<string, string>

export interface SpecCheck {
  /** With every default filled in; null while anything is wrong. */
  spec: RunSpec | null
  issues: SpecIssues
  /** Names keys that mean nothing for the kind of model; null where there are none. */
  leftOut: string | null
}

/**
 * Checks a spec as typed.
 * @param made the dataset's name where the preset makes the data: `dataset` may be absent then
 * @param datasets what `dataset` may name; null while they load
 */
export function checkSpec(spec: JsonObject, made: string | null, datasets: readonly Dataset[] | null): SpecCheck {
  const named = spec.dataset === undefined && made !== null ? { ...spec, dataset: made } : spec
  const { spec: own, leftOut } = ownKeys(named)
  const parsed = runSpecSchema.safeParse(own, { reportInput: true })
  const issues = new Map<string, string>()
  if (!parsed.success) {
    for (const issue of parsed.error.issues as unknown as Issue[]) {
      const path = issue.path.join('.')
      if (!issues.has(path)) issues.set(path, issueWords(issue, issue.input))
    }
    return { spec: null, issues, leftOut }
  }
  if (spec.dataset !== undefined && datasets !== null) {
    const dataset = datasets.find(({ id, name }) => name === parsed.data.dataset || id === parsed.data.dataset)
    const wrong = dataset === undefined ? { path: 'dataset', message: 'no such dataset' } : misfit(parsed.data, dataset)
    if (wrong !== null) return { spec: null, issues: new Map([[wrong.path, wrong.message]]), leftOut }
  }
  return { spec: parsed.data, issues, leftOut }
}

export type ParsedText = { ok: true; spec: JsonObject } | { ok: false; message: string }

/** Reads the JSON of the editor; a fault is told with its line and column. */
export function parseSpecText(text: string): ParsedText {
  const fault = jsonFault(text)
  if (fault !== null) return { ok: false, message: `line ${fault.line}, column ${fault.column}: ${fault.words}` }
  const spec: unknown = JSON.parse(text)
  return isObject(spec) ? { ok: true, spec } : { ok: false, message: 'an object { ... } is needed' }
}
