import type { Command } from './command'

/** How well `query` fits `text`: null where a letter is missing; whole words and starts of words weigh most. */
export function fit(query: string, text: string): number | null {
  const wanted = query.trim().toLowerCase()
  const within = text.toLowerCase()
  if (wanted === '') return 0
  const whole = within.indexOf(wanted)
  if (whole >= 0) return (whole === 0 || /\W/.test(within[whole - 1] ?? ' ') ? 200 : 100) - Math.min(whole, 50)
  let score = 0
  let at = -1
  for (const letter of wanted) {
    if (letter === ' ') continue
    const next = within.indexOf(letter, at + 1)
    if (next < 0) return null
    score += next === at + 1 ? 3 : /\W/.test(within[next - 1] ?? ' ') ? 2 : 0
    at = next
  }
  return score
}

/** A start of one of its other words is as good as a middle of its title. */
const fitWords = (query: string, words = ''): number | null =>
  query.trim() !== '' && ` ${words}`.includes(` ${query.trim().toLowerCase()}`) ? 100 : null

/** Commands that fit, best first; equally good ones keep their order. */
export function searchCommands(query: string, commands: readonly Command[], most = 50): Command[] {
  return commands
    .flatMap((command) => {
      const scores = [fit(query, `${command.title} ${command.group}`), fitWords(query, command.words)]
      const score = Math.max(...scores.map((one) => one ?? -1))
      return score < 0 ? [] : [{ command, score }]
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ command }) => command)
}
