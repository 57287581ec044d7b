import { availableParallelism } from 'node:os'
import { WorkbenchError, type ErrorData } from '../../shared/errors'
import { formatMemory } from '../../shared/numbers'
import type { MemoryAnswer, Phase, RunDetail } from '../../shared/runs'
import type { RunSpec } from '../../shared/spec/schema'
import { sizesThatFit } from '../training/memory/fitting'
import { largestNeed, memoryNeed, type DatasetSize, type PhaseNeed } from '../training/memory/memoryNeed'
import type { MachineMemory } from './machineMemory'

/** Share of the free memory above which a run is warned about: the estimate is right to a quarter. */
const closeShare = 0.7

const doing: Readonly<Record<Phase, string>> = {
  whiten: 'learning the whitening',
  pretrain: 'training',
  fit: 'fitting the classifier',
  evaluate: 'evaluating',
}

/** "about 1.2 GB while training, in 2 processes" */
const needWords = ({ phase, processes, total }: PhaseNeed): string =>
  `about ${formatMemory(total)} of memory while ${doing[phase]}${processes > 1 ? `, in ${processes} processes at once` : ''}`

interface MemoryOf {
  /** free: for a run that starts now; whole: for one that waits for its turn, when nobody knows what will be free. */
  of?: keyof MachineMemory
  /** That the run is held to. */
  threads?: number | null
}

/**
 * What a run needs, against what there is.
 */
export function memoryAnswer(
  spec: RunSpec,
  dataset: DatasetSize,
  machine: MachineMemory,
  { of = 'free', threads = null }: MemoryOf = {},
): MemoryAnswer {
  const cores = threads ?? availableParallelism()
  const there = machine[of]
  const need = largestNeed(memoryNeed(spec, dataset, cores))
  const level = need.total > there ? 'tooMuch' : need.total > closeShare * there ? 'close' : 'fits'
  const fitting = level === 'fits' ? [] : sizesThatFit(spec, dataset, cores, closeShare * there)
  const text = `${needWords(need)}; ${formatMemory(there)} ${of === 'free' ? 'are free' : 'is all that this machine has'}`
  return { need: need.total, there, level, text, fitting }
}

/**
 * Whether a run has room beside others that have just begun: what they need is not all taken yet.
 * @param runs the one that shall begin first
 */
export function roomBeside(
  runs: readonly Pick<RunDetail, 'spec' | 'datasetInfo' | 'threads'>[],
  { whole, free }: MachineMemory,
): boolean {
  const needs = runs.map(({ spec, datasetInfo, threads }) =>
    datasetInfo === null ? 0 : largestNeed(memoryNeed(spec, datasetInfo, threads ?? availableParallelism())).total,
  )
  const all = needs.reduce((sum, need) => sum + need, 0)
  return all <= closeShare * whole && (needs[0] ?? 0) <= closeShare * free
}

const remedyOf = ({ fitting }: MemoryAnswer): string =>
  fitting.length > 0
    ? `It would fit with ${fitting.join(', or with ')}.`
    : 'Its images alone are too many or too large: import fewer, or smaller ones.'

/** @throws MEMORY where it cannot fit */
export function demandMemory(answer: MemoryAnswer): void {
  if (answer.level !== 'tooMuch') return
  throw new WorkbenchError('MEMORY', `The run needs ${answer.text}`, { where: 'spec', remedy: remedyOf(answer) })
}

/** A warning about a run that nearly fills the memory; null where there is room. */
export const closeWarning = (answer: MemoryAnswer): ErrorData | null =>
  answer.level === 'close'
    ? {
        code: 'MEMORY_CLOSE',
        message: `The run needs ${answer.text}: it may be ended for want of memory`,
        where: null,
        remedy: `End other programs. ${remedyOf(answer)}`,
      }
    : null
