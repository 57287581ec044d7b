import cliProgress from 'cli-progress'

/** Work that is done sooner needs no progress; later lines come as far apart. */
const quietMilliseconds = 1000

export interface DataProgress {
  /** @param fraction share that is done, 0..1 */
  update(fraction: number): void
  stop(): void
}

/** At most one report a second, the first after a second: share done and seconds left. */
function everySecond(report: (fraction: number, seconds: number, left: number) => void) {
  const start = performance.now()
  let last = start
  return (fraction: number): void => {
    const now = performance.now()
    if (now - last < quietMilliseconds || fraction === 0) return
    last = now
    const seconds = (now - start) / 1000
    report(fraction, seconds, (seconds * (1 - fraction)) / fraction)
  }
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10

/** JSON lines as training writes them, with the share that is done. */
const jsonLines = (phase: string): DataProgress => ({
  update: everySecond((fraction, seconds, left) => {
    const none = { class: null, epoch: 0, step: 0, loss: null }
    const line = { t: rounded(seconds), phase, ...none, eta: rounded(left), fraction }
    process.stderr.write(`${JSON.stringify(line)}\n`)
  }),
  stop: () => undefined,
})

function terminal(phase: string): DataProgress {
  const bar = new cliProgress.SingleBar({
    format: `{bar} {percentage} % | ${phase} | {left} s left`,
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    clearOnComplete: true,
    gracefulExit: false,
  })
  let shown = false
  return {
    update: everySecond((fraction, _seconds, left) => {
      const payload = { left: Math.round(left) }
      if (!shown) bar.start(1, fraction, payload)
      else bar.update(fraction, payload)
      shown = true
    }),
    stop: () => bar.stop(),
  }
}

/** Shows how far an import (or a generation) is: a bar on a terminal, else lines. */
export const dataProgress = (phase: 'import' | 'generate', json: boolean): DataProgress =>
  json ? jsonLines(phase) : terminal(phase)
