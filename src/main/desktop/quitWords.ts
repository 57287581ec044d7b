/** What is asked before the workbench goes while runs are under way. */
export function quitWords(runs: readonly string[]): { message: string; detail: string } {
  const [first = ''] = runs
  const detail = 'is kept, and it goes on when the workbench is open again.'
  if (runs.length === 1) return { message: `${first} is training.`, detail: `Its last finished epoch ${detail}` }
  const names = runs.length <= 5 ? runs.join(', ') : `${runs.slice(0, 4).join(', ')} and ${runs.length - 4} more`
  return { message: `${runs.length} runs are training.`, detail: `${names}: the last finished epoch of each ${detail}` }
}
