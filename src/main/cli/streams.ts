import type { Output } from './output'
import { systemError } from '../../shared/errors'

/**
 * What becomes of text that cannot be written. Whoever reads may stop early, as `head` does: what is left has nobody to
 * go to, and the work goes on. Any other refusal, a full disk behind `>` for one, is told once and ends in code 1.
 */
export function guardStreams(output: Output): void {
  let told = false
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || told) return
    told = true
    output.error(systemError(error, 'the output of this command') ?? error)
    process.once('exit', () => (process.exitCode = 1))
  })
}
