import type { Dataset } from '../../../shared/datasets'
import { mostWhitened, runSpecSchema, type RunSpec } from '../../../shared/spec/schema'
import { issueWords, type Issue } from './issueWords'
import { jsonFault } from './jsonFault'
import { isObject, type JsonObject } from '../../../shared/spec/paths'

/** What is wrong, by the key path of the field: "model.factors" */
export type SpecIssues = ReadonlyMap<string, string>

export interface SpecCheck {
  /** With every default filled in; null while anything is wrong. */
  spec: RunSpec | null
  issues: SpecIssues
}

/** How spec and dataset fail to fit, at the field that mends it. */
function misfit(
  { model, classifier, earlyStopping, fresh, preprocess }: RunSpec,
  dataset: Dataset,
): [string, string] | null {
  const { kind, classes, n, name, recipe, shape, targetShape } = dataset
  if (model.kind === 'gae' && kind === 'images') return ['dataset', `gae trains on pairs; ${name} has single images`]
  if (model.kind !== 'gae' && kind === 'pairs') return ['dataset', `${model.kind} trains on images; ${name} has pairs`]
  if (classifier !== undefined && model.kind === 'gae')
    return ['classifier', 'a classifier compares models of one image']
  if (classifier !== undefined && (classes?.length ?? 0) < 2) return ['classifier', `${name} has no two classes`]
  if (fresh && recipe.kind !== 'generated') return ['fresh', `${name} was imported: nothing draws fresh examples of it`]
  if (fresh && classifier !== undefined) return ['fresh', 'fresh examples are drawn for one model of all data']
  if (preprocess.whiten && [shape, targetShape ?? shape].some(([h, w]) => h * w > mostWhitened)) {
    return ['preprocess.whiten', `whitening takes ${mostWhitened} pixels at most; ${name} has more`]
  }
  if (earlyStopping !== null && n.valid === 0) return ['earlyStopping', `${name} has no validation examples`]
  return null
}

/**
 * Checks a spec as typed.
 * @param made the dataset's name where the preset makes the data: `dataset` may be absent then
 * @param datasets what `dataset` may name; null while they load
 */
export function checkSpec(spec: JsonObject, made: string | null, datasets: readonly Dataset[] | null): SpecCheck {
  const named = spec.dataset === undefined && made !== null ? { ...spec, dataset: made } : spec
  const parsed = runSpecSchema.safeParse(named, { reportInput: true })
  const issues = new Map<string, string>()
  if (!parsed.success) {
    for (const issue of parsed.error.issues as unknown as Issue[]) {
      const path = issue.path.join('.')
      if (!issues.has(path)) issues.set(path, issueWords(issue, issue.input))
    }
    return { spec: null, issues }
  }
  if (spec.dataset !== undefined && datasets !== null) {
    const dataset = datasets.find(({ id, name }) => name === parsed.data.dataset || id === parsed.data.dataset)
    const wrong = dataset === undefined ? (['dataset', 'no such dataset'] as const) : misfit(parsed.data, dataset)
    if (wrong !== null) return { spec: null, issues: new Map([wrong]) }
  }
  return { spec: parsed.data, issues }
}

export type ParsedText = { ok: true; spec: JsonObject } | { ok: false; message: string }

/** Reads the JSON of the editor; a fault is told with its line and column. */
export function parseSpecText(text: string): ParsedText {
  const fault = jsonFault(text)
  if (fault !== null) return { ok: false, message: `line ${fault.line}, column ${fault.column}: ${fault.words}` }
  const spec: unknown = JSON.parse(text)
  return isObject(spec) ? { ok: true, spec } : { ok: false, message: 'an object { ... } is needed' }
}
