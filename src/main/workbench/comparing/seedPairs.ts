import { formatCount } from '../../../shared/numbers'
import { splitMeasures } from '../../../shared/splitMeasures'
import type { RunDetail } from '../../../shared/runs'
import type { Figure } from '../../../shared/significance'
import { identityOf } from '../../../shared/spec/identity'
import type { Split } from './pairTests'

/** A run's figure, by what its chance was drawn from. */
export interface Drawn {
  run: RunDetail
  seed: number
  data: string
  value: number
}

/** Those of a group that have the figure. */
export interface Lot {
  drawn: Drawn[]
  notices: string[]
}

const sum = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

/**
 * What a group's runs reached, a value a seed and data: of several runs of one spec by the same seed on the same data,
 * which are one run made again, the newest counts.
 * @param runs newest first
 */
export function lotOf(name: string, runs: readonly RunDetail[], split: Split, figure: Figure): Lot {
  const measure = splitMeasures.find(({ key }) => key === figure)
  const notices: string[] = []
  const read = runs.flatMap((run) => {
    const evaluation = run[split]
    const found = evaluation === null ? null : measure?.read(evaluation)
    return found == null ? [] : [{ run, seed: run.seed, data: run.datasetHash, value: found.value }]
  })
  if (read.length < runs.length)
    notices.push(`${sum(runs.length - read.length, 'run')} of ${name} without it are left out.`)
  const seen = new Set<string>()
  const drawn = read.filter(({ run, seed, data }) => {
    const key = JSON.stringify([seed, data, identityOf(run.spec, run.datasetInfo)])
    return !seen.has(key) && seen.add(key)
  })
  if (drawn.length < read.length)
    notices.push(`${name} has runs that were made again: of each seed the newest counts, so ${drawn.length}.`)
  const specs = new Set(drawn.map(({ run }) => identityOf(run.spec, run.datasetInfo))).size
  if (specs > 1)
    notices.push(
      `${name} holds ${specs} specs: what its runs differ by is not chance alone, so neither is the interval.`,
    )
  return { drawn, notices }
}

const keyOf = ({ seed, data }: Drawn) => `${seed} ${data}`

/** Whether each has its own seed and data, so that it has one partner at most. */
const areSingle = (lot: readonly Drawn[]) => new Set(lot.map(keyOf)).size === lot.length

export interface SeedPair {
  a: Drawn
  b: Drawn
}

/** Pairs of the same seed on the same data; null where one lot has several of a kind. */
export function seedPairs(a: readonly Drawn[], b: readonly Drawn[]): SeedPair[] | null {
  if (!areSingle(a) || !areSingle(b)) return null
  const partners = new Map(b.map((one) => [keyOf(one), one]))
  return a.flatMap((one) => {
    const partner = partners.get(keyOf(one))
    return partner === undefined ? [] : [{ a: one, b: partner }]
  })
}
