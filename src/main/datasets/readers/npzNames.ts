import { splitNames, type SplitName } from '../../../shared/datasets'
import { splitWords } from '../../../shared/splitOfName'

/** What an array of an archive is. */
export interface ArrayPlace {
  array: 'x' | 'y'
  /** Null where its name says nothing of splits. */
  split: SplitName | null
}

const x = '(?:x|images?|imgs?|data|samples?|inputs?|features|pixels|arr_0)'
const y = '(?:y|labels?|lbls?|targets?|classes|class|arr_1)'
/** What arrays are called beside the words of all names. */
const shortWords = { train: ['trn', 'tr'], valid: ['dev'], test: ['tst', 'te', 't10k'] }

const roles: readonly [RegExp, ArrayPlace['array']][] = [
  [new RegExp(`^${x}$`), 'x'],
  [new RegExp(`^${y}$`), 'y'],
]
const splits = splitNames.map((split): [RegExp, SplitName] => {
  const word = `(?:${[...splitWords[split], ...shortWords[split]].join('|')})`
  return [new RegExp(`^(?:${word}[_.-]?(?<after>.+)|(?<before>.+?)[_.-]?${word})$`), split]
})

const roleOf = (name: string): ArrayPlace['array'] | null => roles.find(([pattern]) => pattern.test(name))?.[1] ?? null

/** By its name: x, images, X_train, train_labels, Ytest, ... Null for a name of none of these. */
export function arrayPlace(name: string): ArrayPlace | null {
  const plain = name.toLowerCase()
  const array = roleOf(plain)
  if (array !== null) return { array, split: null }
  for (const [pattern, split] of splits) {
    const groups = pattern.exec(plain)?.groups
    const role = groups === undefined ? null : roleOf(groups.after ?? groups.before)
    if (role !== null) return { array: role, split }
  }
  return null
}
