import { setImmediate } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import type { Dataset, SplitName } from '../../shared/datasets'
import { splitNames } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { scaleNotices } from '../../shared/farFromTraining'
import type { Evaluation, RunDetail } from '../../shared/runs'
import { harmless } from '../../shared/spreadsheet'
import type { SplitResult } from '../../shared/trainer'
import type { PairPixelStatistics } from '../../shared/trainingStatistics'
import type { Silence } from '../children/pulse'
import { openDatasetFile } from '../datasets/datasetFile'
import { trainingPixels } from '../datasets/pixelStatistics'
import { readCheckpointMetadata } from '../saved/checkpointDescription'
import type { Store } from '../store/store'
import { matchClasses, type ClassMatch } from './classMatch'
import { classNamesOf } from './classNames'
import type { RunExecutor } from './executor'
import { mergeResults } from './mergeResults'
import { finalCheckpoint } from './plan'

export interface EvaluateRequest {
  run: string
  dataset: string
  split: SplitName | 'all'
}

export interface PredictionsOptions {
  /** Names that a spreadsheet would run as formulas get an apostrophe before them. */
  forSpreadsheets: boolean
}

export interface EvaluateAnswer {
  run: RunDetail
  dataset: Dataset
  evaluation: Evaluation
  /** Names of the model's classes in the order of its scores; null where it knows none. */
  classes: string[] | null
  /** How classes of the set were found among the model's; null without a classifier. */
  classesMatched: ClassMatch['matched'] | null
  /** What is unusual of the set. */
  notices: string[]
  /** index,label,predicted,s_0..s_{C-1}, labels being the model's classes, for spreadsheets their names too; only of classifiers. */
  predictionsCsv(options: PredictionsOptions): string
}

export class EvaluationService {
  constructor(private readonly dependencies: { store: Store; executor: RunExecutor }) {}

  /** @throws WorkbenchError RUN_UNFINISHED, SPLIT_EMPTY, and what the trainer says of a dataset that does not fit */
  async evaluate(
    { run: reference, dataset: name, split }: EvaluateRequest,
    signal: AbortSignal,
    onSilence: (silence: Silence | null) => void = () => undefined,
  ): Promise<EvaluateAnswer> {
    const { store, executor } = this.dependencies
    const run = await store.runs.detail(await store.runs.find(reference))
    const dataset = await store.datasets.find(name)
    const checkpoint = finalCheckpoint(run.spec, await store.checkpoints.list(run.id))
    if (checkpoint === null) {
      throw new WorkbenchError('RUN_UNFINISHED', `${run.name} has no finished model yet (it is ${run.status})`, {
        remedy: `Go on with: gae-workbench resume ${run.id}`,
      })
    }
    const splits = (split === 'all' ? splitNames : [split]).filter((one) => dataset.n[one] > 0)
    if (splits.length === 0) {
      throw new WorkbenchError('SPLIT_EMPTY', `${dataset.name} has no ${split} examples`, {
        remedy: 'Choose another split.',
      })
    }
    const match = await this.#match(run, checkpoint.path, dataset)
    const job = {
      runName: run.name,
      // What the trainer says of the data names the set that it evaluates.
      spec: { ...run.spec, dataset: dataset.name },
      datasetPath: store.datasets.path(dataset),
      checkpoint: checkpoint.path,
      splits,
      ...(match && { classMap: match.map }),
    }
    const result = mergeResults(split, await executor.evaluate(job, signal, onSilence))
    return {
      run,
      dataset,
      evaluation: result.evaluation,
      classes: match && match.names,
      classesMatched: match && match.matched,
      notices: await this.#notices(run, dataset, split, result.evaluation),
      predictionsCsv: (options) => predictionsCsv(run, result, match?.names ?? null, options),
    }
  }

  /** @throws WorkbenchError LABELS_NEEDED, CLASSES_MISMATCH */
  async #match(run: RunDetail, checkpoint: string, dataset: Dataset) {
    const { classes } = await readCheckpointMetadata(checkpoint)
    if (classes === null) return null
    if (dataset.classes === null) {
      throw new WorkbenchError('LABELS_NEEDED', `${run.name} is a classifier, the set has no labels`, {
        where: dataset.name,
        remedy: 'Choose a dataset with labels.',
      })
    }
    const names = await classNamesOf(run, checkpoint)
    return { names, ...matchClasses(names, classes, dataset.classes, dataset.name) }
  }

  async #notices(run: RunDetail, dataset: Dataset, split: string, { pixels }: Evaluation): Promise<string[]> {
    const training = (run.valid?.training ?? run.test?.training)?.pixels ?? (await this.#trainingPixels(run))
    if (training === null || pixels === undefined) return []
    return scaleNotices(`${dataset.name}, ${split},`, pixels, training)
  }

  /** Of runs that recorded none. */
  async #trainingPixels({ datasetInfo }: RunDetail): Promise<PairPixelStatistics | null> {
    if (datasetInfo === null) return null
    const file = await openDatasetFile(this.dependencies.store.datasets.path(datasetInfo))
    return trainingPixels(file, () => setImmediate())
  }
}

function predictionsCsv(
  run: RunDetail,
  { labels, predicted, scores }: SplitResult,
  names: readonly string[] | null,
  { forSpreadsheets }: PredictionsOptions,
): string {
  if (labels === null || predicted === null || scores === null) {
    throw new WorkbenchError('NO_CLASSIFIER', `${run.name} is no classifier, so it predicts no classes`, {
      remedy: 'Leave --predictions out.',
    })
  }
  const classes = scores.length / Math.max(1, labels.length)
  const named = forSpreadsheets ? names : null
  const rows = Array.from(labels, (label, index) => [
    index,
    label,
    predicted[index],
    ...scores.subarray(index * classes, (index + 1) * classes),
    ...(named === null ? [] : [harmless(named[label]), harmless(named[predicted[index]] ?? '')]),
  ])
  const header = ['index', 'label', 'predicted', ...Array.from({ length: classes }, (_, i) => `s_${i}`)]
  return stringify([[...header, ...(named === null ? [] : ['label_name', 'predicted_name'])], ...rows])
}
