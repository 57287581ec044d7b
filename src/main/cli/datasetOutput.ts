import type { Dataset } from '../../shared/datasets'
import { understoodLines, type Understood } from '../../shared/importing'
import { WorkbenchError } from '../../shared/errors'

export const datasetDocument = ({ id, name, n, shape, classes }: Dataset) => ({ dataset: id, name, n, shape, classes })

export const datasetText = ({ name, kind, n, shape, classes }: Dataset): string => {
  const labels = classes === null ? 'no classes' : `${classes.length} classes`
  return `${name}: ${n.train} train, ${n.valid} validation, ${n.test} test ${kind} of ${shape.join('x')}, ${labels}`
}

/** What an import took its files to mean, a line each. */
export const understoodText = (understood: Understood): string =>
  understoodLines(understood)
    .map(({ what, how }) => `  ${`${what}:`.padEnd(13)}${how}`)
    .join('\n')

/** Parses a shape option. */
export const heightAndWidth = (text: string): [number, number] => {
  const match = /^([1-9]\d*)x([1-9]\d*)$/.exec(text)
  if (match === null) {
    throw new WorkbenchError('USAGE', `--shape takes HEIGHTxWIDTH, not "${text}"`, { remedy: 'For example 28x28.' })
  }
  return [Number(match[1]), Number(match[2])]
}
