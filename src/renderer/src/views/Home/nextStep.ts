import type { RunSummary } from '../../../../shared/runs'

export interface Step {
  title: string
  why: string
  to: string
}

const label = (name: string): string => (name.length > 40 ? `${name.slice(0, 39)}…` : name)

/** What is worth doing next, from the runs, newest first. */
export function nextSteps(runs: readonly RunSummary[]): Step[] {
  const steps: Step[] = []
  const stopped = runs.find(({ status }) => status === 'interrupted')
  if (stopped) {
    steps.push({
      title: `Resume ${label(stopped.name)}`,
      why: 'It was interrupted; its last epoch is kept.',
      to: `/runs/${stopped.id}`,
    })
  }
  const newest = runs[0]
  if (newest?.status === 'failed') {
    steps.push({
      title: `See why ${label(newest.name)} failed`,
      why: newest.error?.message ?? 'Its page tells the cause.',
      to: `/runs/${newest.id}`,
    })
  }
  const done = runs.find(({ status }) => status === 'done')
  if (done) {
    steps.push({
      title: `Score a pair with ${label(done.name)}`,
      why: 'Drop an image: its energies, mapping units and reconstruction.',
      to: `/pairs?run=${done.id}`,
    })
    if (done.classifier && done.test?.error) {
      steps.push({
        title: `Look at the errors of ${label(done.name)}`,
        why: 'Every misclassified image, with the scores of all classes.',
        to: `/runs/${done.id}?tab=errors`,
      })
    }
  }
  if (!runs.some(({ status }) => status === 'done' || status === 'running' || status === 'queued')) {
    steps.push({ title: 'Start a run', why: 'Choose a preset, or write a spec.', to: '/new' })
  }
  return steps
}
