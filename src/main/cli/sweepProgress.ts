import { formatDuration } from '../../shared/numbers'
import type { SweepWork } from '../workbench/sweepWorker'
import type { Output } from './output'

/** How often a line is written: a sweep is long. */
const everySeconds = 2

/** Lines about a sweep that is worked off: JSON {t, sweep, done, of, ..., eta}, or one for people whenever a run ends. */
export function sweepProgress(output: Output, name: string): (work: SweepWork) => void {
  let [last, ended, paused] = [-Infinity, -1, false]
  return (work) => {
    if (work.paused && !paused) {
      output.note('The queue is paused: nothing is started. Go on with: gae-workbench queue resume')
    }
    paused = work.paused
    const now = work.done + work.failed
    if (now === ended && work.t - last < (output.json ? everySeconds : Infinity)) return
    ;[last, ended] = [work.t, now]
    process.stderr.write(output.json ? `${jsonLine(name, work)}\n` : `${line(name, work)}\n`)
  }
}

function jsonLine(sweep: string, { t, latest, eta, done, of, running, queued, failed, fraction }: SweepWork): string {
  const { phase = null, class: modelClass = null, epoch = null, step = null, loss = null } = latest?.progress ?? {}
  const run = latest?.run ?? null
  return JSON.stringify({
    t,
    sweep,
    done,
    of,
    running,
    queued,
    failed,
    fraction,
    eta,
    run,
    phase,
    class: modelClass,
    epoch,
    step,
    loss,
  })
}

function line(name: string, { done, of, running, failed, eta }: SweepWork): string {
  const left = eta === null ? 'measuring' : eta < 1 ? 'finishing' : `~${formatDuration(eta)} left`
  return `${name}: ${done} of ${of} done${failed > 0 ? `, ${failed} failed` : ''}, ${running} running, ${left}`
}
