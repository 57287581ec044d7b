import { distance } from 'fastest-levenshtein'
import { WorkbenchError } from '../../shared/errors'
import { measures } from '../../shared/measures'
import { evaluationSchema, runStatusSchema } from '../../shared/runs'
import { figureSql } from '../store/results'
import { dataSeedSql } from '../store/runRow'
import { key, type Key } from './key'
import { settingKeys } from './settingKeys'

const columnKeys: readonly Key[] = [
  key('name', 'text', 'runs.name'),
  key('tag', 'text', 'run_tags.tag', { rows: 'run_tags WHERE run_tags.run = runs.id' }),
  key('note', 'text', 'runs.note'),
  key('status', 'choice', 'runs.status', { choices: runStatusSchema.options }),
  key('dataset', 'text', 'runs.dataset'),
  key('sweep', 'text', 'runs.sweep'),
  key('engine', 'text', 'runs.engine'),
  key('device', 'text', 'runs.device'),
  key('seed', 'number', 'runs.seed'),
  key('dataSeed', 'number', dataSeedSql),
  key('created', 'time', 'runs.created'),
  key('epochs', 'number', 'runs.epochs'),
  key('seconds', 'number', 'runs.seconds'),
]

/** Measures that an evaluation keeps under their own name. */
const measureKeys = measures.flatMap(({ key: path, short, split }): Key[] => {
  const name = path.slice(path.indexOf('.') + 1)
  if (split === null || !(name in evaluationSchema.shape)) return []
  const testFigure = split === 'test' ? `${short.charAt(0).toLowerCase()}${short.slice(1)}` : null
  return [key(path, 'number', figureSql(split, name), { testFigure })]
})

/** All that can be filtered and sorted by. */
export const keys: readonly Key[] = [...columnKeys, ...measureKeys, ...settingKeys]

const byPath = new Map(keys.map((one) => [one.path, one]))

/** @throws FILTER with the nearest known keys */
export function findKey(path: string, where: string): Key {
  const found = byPath.get(path)
  if (found !== undefined) return found
  throw new WorkbenchError('FILTER', `There is no key ${shown(path)}`, {
    where,
    remedy: [...nearest(path), 'All keys: docs/filter.md.'].join(' '),
  })
}

/** Text of a user within a line: short, and nothing that a terminal obeys. */
export function shown(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]/gu, ' ')
  return line.length > 40 ? `"${line.slice(0, 40)}..."` : `"${line}"`
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Up to three keys that are like it, in the whole or in the last word: "learningRate" is that of the optimizer. */
function nearest(path: string): string[] {
  const asked = path.slice(0, 100).toLowerCase()
  const unlike = ({ path: known }: Key): number =>
    Math.min(distance(asked, known.toLowerCase()), distance(lastOf(asked), lastOf(known).toLowerCase()) + 0.5)
  const like = keys
    .map((one) => ({ path: one.path, unlike: unlike(one) }))
    .filter((one) => one.unlike <= asked.length / 2)
    .sort((a, b) => a.unlike - b.unlike)
  return like.length === 0
    ? []
    : [
        `Nearest: ${like
          .slice(0, 3)
          .map((one) => one.path)
          .join(', ')}.`,
      ]
}
