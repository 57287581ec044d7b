import type { Dataset } from '../../../../shared/datasets'
import { formatShape } from '../../format'

/** "28x28", or for pairs of unlike shapes "28x28, 13x13" */
export function shapeWords({ kind, shape, targetShape }: Dataset): string {
  if (kind === 'images') return formatShape(shape)
  const [x, y] = [formatShape(shape), formatShape(targetShape ?? shape)]
  return x === y ? `${x} pairs` : `${x}, ${y} pairs`
}

/** How a dataset came to be, in short: "rectangles, seed 1", "IDX: images.gz, labels.gz" */
export function sourceWords({ recipe }: Dataset): string {
  if (recipe.kind === 'generated') return `${recipe.generator}, seed ${recipe.seed}`
  return `${recipe.format}: ${recipe.files.map(({ name }) => name).join(', ')}`
}

/** The class of a label; the label itself where classes have no names; nothing without labels. */
export const className = (classes: readonly string[] | null, label: number | null | undefined): string =>
  label == null ? '' : (classes?.[label] ?? String(label))

/** Counts stand among the facts already, what was said of the files under what was understood. */
const toldElsewhere = ['splits', 'meaning']

const valueWords = (value: unknown): string => {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(valueWords).join(' x ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .filter(([, part]) => part !== null)
    .map(([key, part]) => `${key} ${valueWords(part)}`)
    .join(', ')
}

/** The options of a recipe, a line each: testFile true -> "Test file: yes" */
export function optionFacts(options: Readonly<Record<string, unknown>>): { name: string; value: string }[] {
  return Object.entries(options)
    .filter(([key]) => !toldElsewhere.includes(key))
    .map(([key, value]) => {
      const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
      return { name: `${words[0].toUpperCase()}${words.slice(1)}`, value: valueWords(value) }
    })
}
