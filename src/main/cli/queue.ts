import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import { WorkbenchError } from '../../shared/errors'
import { absent, formatDuration } from '../../shared/numbers'
import { command, group, integer, perform, type CommonOptions } from './command'
import type { Queue } from '../../shared/queue'
import { table } from './output'
import type { App } from '../app'

/** A run that is cancelled checkpoints first; whoever works on it hears of it at its next heartbeat. */
const stopMilliseconds = 15_000
const lookMilliseconds = 200

const documentOf = ({ paused, slots, left, runs }: Queue) => ({
  paused,
  slots,
  left,
  runs: runs.map(({ run, name, status, position, eta, threads, sweep }) => ({
    run,
    name,
    status,
    position,
    eta,
    threads,
    sweep,
  })),
})

const timeText = (seconds: number | null): string => (seconds === null ? absent : `~${formatDuration(seconds)}`)

function queueText({ paused, slots, chosen, left, unknown, runs }: Queue): string {
  const stands = paused ? 'The queue is paused: what runs goes on, nothing new is started (queue resume).' : null
  const atOnce = `${slots === 1 ? 'One run' : `${slots} runs`} at once${chosen === null ? ', where each has one thread; one that uses all cores works alone' : ''}.`
  if (runs.length === 0) return [stands, 'Nothing runs or waits.', atOnce].filter((line) => line !== null).join('\n')
  const rows = runs.map(({ run, name, status, position, eta, threads }) => [
    position === null ? absent : String(position),
    run,
    name,
    status,
    threads === null ? 'all' : String(threads),
    timeText(eta),
  ])
  const whole =
    left === null
      ? `No estimate yet: the time of ${unknown} of ${runs.length} is not known.`
      : `${timeText(left)} in all.`
  const lines = [stands, table(['place', 'run', 'name', 'status', 'threads', 'done in'], rows), whole, atOnce]
  return lines.filter((line) => line !== null).join('\n')
}

type Act = (app: App) => Promise<unknown>

/** Acts on the queue, and tells how it stands then. */
const tell = (options: CommonOptions, childFolder: string, act: Act): Promise<void> =>
  perform(options, childFolder, async ({ output, app }) => {
    const opened = await app()
    await act(opened)
    const queue = await opened.queue.list()
    output.result(documentOf(queue), queueText(queue))
  })

/** Cancels a run that works or waits, and lets it come to its end. */
async function cancel({ runs }: App, reference: string): Promise<void> {
  const run = await runs.get({ run: reference })
  if (run.status !== 'running' && run.status !== 'queued') {
    throw new WorkbenchError('RUN_NOT_QUEUED', `${run.name} is ${run.status}`, {
      where: 'run',
      remedy: 'Only a run that works or waits can be cancelled: see `queue list`.',
    })
  }
  await runs.cancel({ run: run.id })
  for (let waited = 0; waited < stopMilliseconds; waited += lookMilliseconds) {
    if ((await runs.get({ run: run.id })).status !== 'running') return
    await wait(lookMilliseconds)
  }
}

function place(text: string): number {
  const position = integer('POSITION')(text)
  if (position > 0) return position
  throw new WorkbenchError('USAGE', 'The first place of the queue is 1', { remedy: 'See gae-workbench queue list.' })
}

export const queueCommand = (childFolder: string): Command => {
  const run = ['<run>', 'id, unique prefix of one, or unique name'] as const
  const plain = (name: string, description: string, act: Act) =>
    command(name, description).action((options: CommonOptions) => tell(options, childFolder, act))
  const move = command('move', 'give a waiting run another place')
    .argument(...run)
    .argument('<position>', 'place among those that wait, from 1', place)
    .action((run: string, position: number, options: CommonOptions) =>
      tell(options, childFolder, ({ queue }) => queue.move({ run, position })),
    )
  const stop = command('cancel', 'cancel a run that works or waits; its last finished epoch is kept')
    .argument(...run)
    .action((reference: string, options: CommonOptions) => tell(options, childFolder, (app) => cancel(app, reference)))
  return group('queue', 'what works and what waits, in which order; an open workbench (serve) works it off')
    .addCommand(plain('list', 'runs that work, then those that wait, in their order', async () => undefined))
    .addCommand(plain('pause', 'start nothing new; what works goes on', ({ queue }) => queue.pause()))
    .addCommand(plain('resume', 'go on after a pause', ({ queue }) => queue.resume()))
    .addCommand(move)
    .addCommand(stop)
}
