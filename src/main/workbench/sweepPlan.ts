import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Dataset } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { parseInput } from '../../shared/parse'
import { findPreset, type Preset } from '../../shared/presets'
import { misfit, type DatasetFacts } from '../../shared/spec/fits'
import { canonical, setAt, type JsonObject } from '../../shared/spec/paths'
import { nameSchema } from '../../shared/spec/schema'
import { mostRuns, sweepSpecSchema, type Rung, type SweepSpec } from '../../shared/sweeps'
import { madeSize } from '../datasets/madeSize'
import type { Store } from '../store/store'
import { rungsOf } from '../sweeps/halving'
import { settingsOf, type Setting } from '../sweeps/settings'
import type { DatasetService } from './datasets'
import { freshDataOf } from './freshData'
import type { MachineMemory } from './machineMemory'
import { demandMemory, memoryAnswer } from './memory'
import { checkValidationClasses } from './validationClasses'

/** A sweep, fully said: its base resolved, its settings in their order, its rungs. */
export interface PlannedSweep {
  name: string
  spec: SweepSpec & { seeds: number[] }
  /** What it trains on; of data that a preset has still to make only what is known beforehand. */
  facts: DatasetFacts
  dataset: Dataset | null
  settings: Setting[]
  rungs: Rung[]
  notices: string[]
}

interface Dependencies {
  store: Store
  datasets: Pick<DatasetService, 'forPreset' | 'madeFor'>
  machine: () => MachineMemory
}

const presetBaseSchema = z.strictObject(
  { preset: z.string().max(120), dataset: nameSchema.optional() },
  { error: 'beside a preset only dataset may stand: set other keys by an axis of one value, {"epochs": [2]}' },
)

/** Stands for the name of data that a preset has still to make. */
const madeName = 'made by the preset'

type WrittenSweep = Omit<SweepSpec, 'dataset'> & { dataset?: unknown }

interface Base {
  spec: JsonObject
  facts: DatasetFacts
  dataset: Dataset | null
}

/**
 * Says a sweep fully, and refuses one of which any run could not be made: nothing is stored then.
 * @param make whether a preset's data is made where it is not there yet
 * @throws BAD_INPUT, SWEEP_AXIS, SWEEP_SETTING, SPEC_DATASET, MEMORY, and what making data throws
 */
export async function planSweep(
  dependencies: Dependencies,
  written: unknown,
  make: boolean,
  signal?: AbortSignal,
): Promise<PlannedSweep> {
  const asked = parseInput(sweepSpecSchema, written, 'sweep')
  // All that can be refused is refused before any data is made for it.
  const first = await baseOf(dependencies, asked, false)
  const { list, notices } = await settingsOf(asked, setAt(first.spec, 'dataset', first.facts.name))
  const seeds = asked.seeds ?? [seedOf(first.spec)]
  const runs = list.length * seeds.length
  if (runs > mostRuns) {
    throw new WorkbenchError('SWEEP_RUNS', `${runs} runs are too many for one sweep, ${mostRuns} at most`, {
      where: 'runs',
      remedy: 'Ask for fewer settings or seeds, and for more later: a sweep goes on.',
    })
  }
  checkFits(dependencies, list, first.facts)
  const base = make && first.dataset === null ? await baseOf(dependencies, asked, true, signal) : first
  if (base.dataset !== null) await checkData(dependencies.store, list, base.dataset)
  const settings = list.map(({ settings, spec }) => ({ settings, spec: { ...spec, dataset: base.facts.name } }))
  const { dataset: _, ...bare } = base.spec
  const said = { ...asked, base: bare, dataset: base.facts.name, seeds }
  const name = asked.name ?? nameOf(asked)
  const rungs = rungsOf(
    asked,
    list.map(({ spec }) => spec),
  )
  return { name, spec: { ...said, name }, facts: base.facts, dataset: base.dataset, settings, rungs, notices }
}

const seedOf = ({ seed }: JsonObject): number => (typeof seed === 'number' ? seed : 1)

/** Of what is written, so that the same file is the same sweep everywhere; how many runs it has may grow. */
function nameOf({
  base: { dataset: inner, ...base },
  dataset = inner,
  axes,
  method,
  seed,
  halving,
}: WrittenSweep): string {
  const text = canonical({ base, dataset, axes, method, seed, halving })
  return `sweep-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}

async function baseOf(
  { store, datasets }: Dependencies,
  { base, dataset: outer }: SweepSpec,
  make: boolean,
  signal?: AbortSignal,
): Promise<Base> {
  if (!('preset' in base)) {
    const named = outer ?? base.dataset
    if (named === undefined) {
      throw new WorkbenchError('DATASET_NEEDED', 'The sweep names no dataset', {
        where: 'dataset',
        remedy: 'Add "dataset": NAME. See `datasets list`.',
      })
    }
    const dataset = await store.datasets.find(parseInput(nameSchema, named, 'sweep, dataset'))
    return { spec: { ...base }, facts: dataset, dataset }
  }
  const { preset: presetName, dataset: inner } = parseInput(presetBaseSchema, base, 'sweep, base')
  const preset = findPreset(presetName)
  const spec = structuredClone(preset.spec) as JsonObject
  const named = outer ?? inner
  if (named !== undefined) {
    const dataset = await store.datasets.find(named)
    return { spec, facts: dataset, dataset }
  }
  const data = { ...dataOf(preset), seed: seedOf(spec) }
  const dataset = make ? await datasets.forPreset(data, signal) : await datasets.madeFor(data)
  return { spec, facts: dataset ?? factsOf(data), dataset }
}

function dataOf({ name, data }: Preset): NonNullable<Preset['data']> {
  if (data !== null) return data
  throw new WorkbenchError('DATASET_NEEDED', `The preset ${name} trains on a set of yours`, {
    where: 'dataset',
    remedy: 'Import one and name it: "dataset": NAME.',
  })
}

function factsOf(data: NonNullable<Preset['data']> & { seed: number }): DatasetFacts {
  const { shape, targetShape, classes, n } = madeSize(data)
  const { generator, seed, options = {} } = data
  const recipe = { kind: 'generated' as const, generator, seed, counts: n, options, source: null }
  return {
    name: madeName,
    kind: targetShape === null ? 'images' : 'pairs',
    shape,
    targetShape,
    classes,
    n,
    recipe: recipe as DatasetFacts['recipe'],
  }
}

/** @throws SPEC_DATASET, MEMORY with the settings at fault */
function checkFits({ machine }: Dependencies, list: readonly Setting[], facts: DatasetFacts): void {
  const measured = new Set<string>()
  for (const { spec, settings } of list) {
    const wrong = misfit(spec, facts)
    if (wrong !== null) {
      throw new WorkbenchError('SPEC_DATASET', wrong.message, {
        where: placeOf(wrong.path, settings),
        remedy: wrong.remedy,
      })
    }
    const { model, batchSize, contraction, preprocess, optimizer, classifier } = spec
    const shape = canonical([model, batchSize, contraction, preprocess, optimizer.kind, classifier])
    if (measured.has(shape)) continue
    measured.add(shape)
    try {
      demandMemory(memoryAnswer(spec, facts, machine(), { of: 'whole', threads: 1 }))
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error
      throw new WorkbenchError(error.code, error.message, {
        ...error.toData(),
        where: placeOf('model', settings),
        exit: error.exit,
      })
    }
  }
}

const placeOf = (path: string, settings: Record<string, unknown>): string => {
  const said = Object.entries(settings).map(([key, value]) => `${key} ${JSON.stringify(value)}`)
  return said.length === 0 ? path : `${path}, with ${said.join(', ')}`
}

/** @throws CLASS_EMPTY, SOURCE_MISSING */
async function checkData(store: Store, list: readonly Setting[], dataset: Dataset): Promise<void> {
  const stops = list.find(({ spec }) => spec.classifier !== undefined && spec.earlyStopping !== null)
  if (stops !== undefined) await checkValidationClasses(stops.spec, dataset, store.datasets.path(dataset))
  const fresh = list.find(({ spec }) => spec.fresh)
  if (fresh !== undefined) await freshDataOf(fresh.spec, dataset, store.datasets)
}
