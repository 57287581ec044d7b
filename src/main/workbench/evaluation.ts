import { stringify } from 'csv-stringify/sync'
import type { Dataset, SplitName } from '../../shared/datasets'
import { splitNames } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { Evaluation, RunDetail } from '../../shared/runs'
import type { SplitResult } from '../../shared/trainer'
import type { Store } from '../store/store'
import type { RunExecutor } from './executor'
import { mergeResults } from './mergeResults'
import { finalCheckpoint } from './plan'

export interface EvaluateRequest {
  run: string
  dataset: string
  split: SplitName | 'all'
}

export interface EvaluateAnswer {
  run: RunDetail
  dataset: Dataset
  evaluation: Evaluation
  /** index,label,predicted,s_0..s_{C-1}; only of classifiers. */
  predictionsCsv(): string
}

export class EvaluationService {
  constructor(private readonly dependencies: { store: Store; executor: RunExecutor }) {}

  /** @throws WorkbenchError RUN_UNFINISHED, SPLIT_EMPTY, and what the trainer says of a dataset that does not fit */
  async evaluate(
    { run: reference, dataset: name, split }: EvaluateRequest,
    signal: AbortSignal,
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
    const job = {
      runName: run.name,
      // What the trainer says of the data names the set that it evaluates.
      spec: { ...run.spec, dataset: dataset.name },
      datasetPath: store.datasets.path(dataset),
      checkpoint: checkpoint.path,
      splits,
    }
    const result = mergeResults(split, await executor.evaluate(job, signal))
    return { run, dataset, evaluation: result.evaluation, predictionsCsv: () => predictionsCsv(run, result) }
  }
}

function predictionsCsv(run: RunDetail, { labels, predicted, scores }: SplitResult): string {
  if (labels === null || predicted === null || scores === null) {
    throw new WorkbenchError('NO_CLASSIFIER', `${run.name} is no classifier, so it predicts no classes`, {
      remedy: 'Leave --predictions out.',
    })
  }
  const classes = scores.length / Math.max(1, labels.length)
  const rows = Array.from(labels, (label, index) => [
    index,
    label,
    predicted[index],
    ...scores.subarray(index * classes, (index + 1) * classes),
  ])
  const header = ['index', 'label', 'predicted', ...Array.from({ length: classes }, (_, i) => `s_${i}`)]
  return stringify([header, ...rows])
}
