import { join } from 'node:path'
import { generateDataset } from '../../src/main/datasets/generateDataset'
import { readCheckpoint, type Checkpoint } from '../../src/main/saved/checkpoint'
import { runJob } from '../../src/main/training/runJob'
import { generateRequestSchema, type GenerateRequestInput } from '../../src/shared/generators'
import { readSpec } from '../../src/shared/spec/read'
import type { CheckpointInfo, FreshData, SplitResult, TrainerEvent, TrainerJob } from '../../src/shared/trainer'

/** A generated dataset file. */
export async function datasetPath(folder: string, request: GenerateRequestInput): Promise<string> {
  const { hash } = await generateDataset(generateRequestSchema.parse(request), null, folder)
  return join(folder, `${hash}.safetensors`)
}

type Task =
  | { task: 'whiten' }
  | { task: 'pretrain'; class: number | null; resumeFrom: string | null; whitening?: string | null; fresh?: FreshData }
  | { task: 'fit'; models: string[]; resumeFrom: string | null; whitening?: string | null }
  | { task: 'evaluate'; checkpoint: string; splits: ('train' | 'valid' | 'test')[] }

export interface JobPlace {
  spec: object
  dataset: string
  folder: string
  engine?: string
  device?: string
}

function whole(task: Task) {
  if (task.task === 'pretrain') return { fresh: null, whitening: null, ...task }
  return task.task === 'fit' ? { whitening: null, ...task } : task
}

export const jobOf = (
  { spec, dataset, folder, engine = 'onnx', device = 'cpu' }: JobPlace,
  task: Task,
): TrainerJob => ({
  runName: 'a run',
  spec: readSpec({ dataset: 'generated', ...spec }, 'spec'),
  datasetPath: dataset,
  checkpointFolder: folder,
  engine,
  device,
  threads: 1,
  ...whole(task),
})

export interface Outcome {
  events: TrainerEvent[]
  last: TrainerEvent
  checkpoint: CheckpointInfo | null
  results: SplitResult[]
}

/** Runs a job in this process. @param stop aborts it after an event for which it is true */
export async function outcomeOf(
  job: TrainerJob,
  stop: (event: TrainerEvent) => boolean = () => false,
): Promise<Outcome> {
  const controller = new AbortController()
  const events: TrainerEvent[] = []
  await runJob(
    job,
    (event) => {
      events.push(event)
      if (stop(event)) controller.abort()
    },
    controller.signal,
  )
  const last = events.at(-1)!
  const checkpoint = events.flatMap((event) => (event.type === 'checkpoint' ? [event.checkpoint] : [])).at(-1) ?? null
  return { events, last, checkpoint, results: last.type === 'done' ? last.results : [] }
}

/** File of what whitening learns; null where the spec does not whiten. */
export async function whiteningOf(place: JobPlace): Promise<string | null> {
  const job = jobOf(place, { task: 'whiten' })
  return job.spec.preprocess.whiten ? (await outcomeOf(job)).checkpoint!.path : null
}

export async function finished(job: TrainerJob): Promise<Outcome & { saved: Checkpoint }> {
  const outcome = await outcomeOf(job)
  if (outcome.last.type !== 'done' || outcome.checkpoint === null) throw new Error(JSON.stringify(outcome.last))
  return { ...outcome, saved: await readCheckpoint(outcome.checkpoint.path) }
}
