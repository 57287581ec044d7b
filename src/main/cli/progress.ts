import cliProgress from 'cli-progress'
import type { Progress } from '../../shared/runs'

export interface ProgressLine {
  update(progress: Progress): void
  stop(): void
}

const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

const place = ({ phase, class: modelClass, epoch, epochs, remark }: Progress): string => {
  const of = modelClass === null ? '' : ` class ${modelClass}`
  return `${phase}${of}${epochs > 0 ? ` epoch ${epoch}/${epochs}` : ''}${remark === undefined ? '' : ` (${remark})`}`
}

/** JSON lines {t, phase, class, epoch, step, loss, eta, remark?} on stderr. */
const jsonLines = (): ProgressLine => ({
  update: ({ t, phase, class: modelClass, epoch, step, loss, eta, remark }) =>
    void process.stderr.write(`${JSON.stringify({ t, phase, class: modelClass, epoch, step, loss, eta, remark })}\n`),
  stop: () => undefined,
})

/** A bar on a terminal; where stderr is no terminal, a line every ten percent. */
function terminal(): ProgressLine {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage} % | {place} | loss {loss} | {left}',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    clearOnComplete: true,
    gracefulExit: false,
  })
  bar.start(1, 0, { place: 'start', loss: '--', left: 'measuring' })
  return {
    update: (progress) =>
      bar.update(progress.fraction, {
        place: place(progress),
        loss: progress.loss === null ? '--' : progress.loss.toPrecision(4),
        left: left(progress),
      }),
    stop: () => bar.stop(),
  }
}

function left({ eta, fraction }: Progress): string {
  if (fraction >= 0.99 || (eta !== null && eta < 1)) return 'finishing'
  return eta === null ? 'measuring' : `${minutes(eta)} left`
}

export const progressLine = (json: boolean): ProgressLine => (json ? jsonLines() : terminal())
