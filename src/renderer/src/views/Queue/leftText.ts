import type { Queue } from '../../../../shared/queue'
import { formatEta, formatPlural } from '../../format'

/** How long the queue takes: "~3.2 h left", or why that is not known. */
export function leftText({ runs, left, unknown }: Pick<Queue, 'runs' | 'left' | 'unknown'>): string {
  if (runs.length === 0) return ''
  if (left !== null) return `${formatEta({ eta: left, fraction: 0 })}${left < 1 ? '' : ' left'}`
  const which = unknown === runs.length ? '' : ` for ${formatPlural(unknown, 'run')} of ${runs.length}`
  return `No estimate yet${which}: no run like ${unknown === 1 ? 'it' : 'them'} has finished here`
}
