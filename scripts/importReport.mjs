// @ts-check
// `depcruise --output-type json | node scripts/importReport.mjs` tells what was found. A broken rule comes with its
// comment, which says what may be imported; where none is broken, what each layer may import.
import { json } from 'node:stream/consumers'

/** An import against the layers closes hundreds of circles with it: a few show the way. */
const mostCircles = 3

const { summary } = /** @type {import('dependency-cruiser').ICruiseResult} */ (await json(process.stdin))
const { violations, ruleSetUsed, totalCruised } = summary
const comments = new Map((ruleSetUsed?.forbidden ?? []).map(({ name = '', comment = '' }) => [name, comment]))

function layers() {
  const lines = [...comments.values()].flatMap((comment) => {
    const [, layer = '', imports] = /^(\S+) may import (.+)\.$/.exec(comment) ?? []
    return imports === undefined ? [] : [`  ${layer.padEnd(30)} ${imports}`]
  })
  return [`${totalCruised} modules, each of which imports only what its layer may:`, ...lines]
}

function faults() {
  const circles = violations.filter(({ cycle }) => cycle !== undefined)
  const shown = [...violations.filter(({ cycle }) => cycle === undefined), ...circles.slice(0, mostCircles)]
  const lines = shown.map(({ rule, from, to, cycle }) => {
    const way = [from, ...(cycle?.map(({ name }) => name) ?? [to])].join('\n    -> ')
    return `${way}\n  ${rule.name}: ${comments.get(rule.name)}\n`
  })
  const hidden = violations.length - shown.length
  return [...lines, `${violations.length} imports break a rule${hidden > 0 ? `, ${hidden} circles not shown` : ''}`]
}

console.log((violations.length === 0 ? layers() : faults()).join('\n'))
process.exitCode = violations.length === 0 ? 0 : 1
