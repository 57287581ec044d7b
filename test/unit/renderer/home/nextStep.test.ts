import { expect, it } from 'vitest'
import type { RunSummary } from '../../../../src/shared/runs'
import { nextSteps } from '../../../../src/renderer/src/views/Home/nextStep'

const run = (over: Partial<RunSummary>) =>
  ({ id: 'r1', name: 'rect-1', status: 'done', classifier: true, test: null, error: null, ...over }) as RunSummary
const titles = (...runs: RunSummary[]) => nextSteps(runs).map(({ title }) => title)

it('offers to score with the newest finished run', () => {
  const runs = [run({ id: 'r3', name: 'rect-3', status: 'running' }), run({ id: 'r2', name: 'rect-2' }), run({})]
  expect(nextSteps(runs)).toMatchObject([{ title: 'Score a pair with rect-2', to: '/pairs?run=r2' }])
})

it('offers to resume what was interrupted, and to read why the last run failed', () => {
  expect(titles(run({ status: 'failed', name: 'bad' }), run({ status: 'interrupted', name: 'half' }))).toEqual([
    'Resume half',
    'See why bad failed',
    'Start a run',
  ])
})

it('does not send a run of 120 letters across the screen', () => {
  expect(titles(run({ name: 'x'.repeat(120) }))[0]).toHaveLength('Score a pair with '.length + 40)
})
