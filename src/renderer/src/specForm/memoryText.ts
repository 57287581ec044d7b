import type { MemoryAnswer } from '../../../shared/runs'

/** The memory of a run in words, with what would fit where it is near the end. */
export function memoryText({ level, text, fitting }: MemoryAnswer): string {
  if (level === 'fits') return text
  const judged = level === 'close' ? 'close: it may be ended for want of memory' : 'it does not fit and cannot start'
  const remedy = fitting.length === 0 ? '' : `. It would fit with ${fitting.join(', or with ')}`
  return `${text}; ${judged}${remedy}.`
}
