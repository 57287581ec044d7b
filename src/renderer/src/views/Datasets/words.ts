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
