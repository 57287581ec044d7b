import { WorkbenchError } from '../../shared/errors'
import type { Sort } from './expression'
import type { Key } from './key'
import { findKey } from './keys'
import { parseSort } from './parse'

/** What runs are grouped by: the spec without its seeds, or the values of keys. */
export type GroupBy = 'spec' | readonly Key[]

/** Keys of a group beside those that it is grouped by: means of its runs; of `name` and `created` its newest run's. */
const groupKeys = /^(valid|test)\.(error|nll|loss)$|^seconds$|^name$|^created$/

/** @throws WorkbenchError FILTER */
export function parseGroup(text: string): GroupBy {
  const paths = text.split(',').map((path) => path.trim())
  if (paths.length === 1 && paths[0] === 'spec') return 'spec'
  return paths.map((path, at) => {
    if (path === 'spec' || paths.indexOf(path) !== at) {
      const message = path === 'spec' ? 'spec stands alone: it holds all settings' : `${path} is named twice`
      throw new WorkbenchError('FILTER', message, { where: '--group', remedy: 'Name each key once, or spec alone.' })
    }
    const key = findKey(path, '--group')
    if (key.type !== 'part' && key.rows === null) return key
    throw new WorkbenchError('FILTER', `Runs cannot be grouped by ${path}`, {
      where: '--group',
      remedy: 'Keys with one value a run have: docs/filter.md.',
    })
  })
}

/** @throws WorkbenchError FILTER where groups have no one value of the key */
export function parseGroupSort(text: string, by: GroupBy): Sort {
  const sort = parseSort(text)
  const { path } = sort.key
  if (groupKeys.test(path) || (by !== 'spec' && by.some((key) => key.path === path))) return sort
  throw new WorkbenchError('FILTER', `A group has no one value of ${path}`, {
    where: '--sort',
    remedy: 'Sort by valid.error, valid.nll, valid.loss, seconds, name, created, or a key of --group.',
  })
}
