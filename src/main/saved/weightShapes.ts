import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import { parameterShapes } from '../models/parameters'
import type { WeightArrays } from '../models/weightArray'

/** Sizes that stand for themselves, to find which axis of which matrix is which. */
export const axes = { hidden: -1, factors: -2, mappings: -3, inputs: -4, targets: -5 } as const

const axisNames = new Map<number, string>(Object.entries(axes).map(([name, axis]) => [axis, name]))

type Shapes = Readonly<Record<string, readonly number[]>>

const listed = (sizes: readonly (number | string)[]): string => `[${sizes.join(', ')}]`

/** Axes by their names: "[hidden, inputs]". @param classes null but for classifiers, whose first axis they are */
export const axesInWords = (shape: readonly number[], classes: number | null): string =>
  listed([...(classes === null ? [] : ['classes']), ...shape.map((axis) => axisNames.get(axis) ?? axis)])

/**
 * Whether all arrays agree on the sizes that were read off the matrices.
 * @throws WEIGHTS_SHAPE with the axes by name, what was found, and whether a transpose would fit
 */
export function checkWeightShapes(
  numbers: WeightArrays,
  description: ModelDescription,
  classes: number | null,
  where: string,
): void {
  const named: Shapes = parameterShapes({ ...description, ...axes, targets: description.targets === null ? null : -5 })
  const expected: Shapes = parameterShapes(description)
  const lead = classes === null ? [] : [classes]
  const found = Object.fromEntries(
    Object.keys(named).flatMap((name) => (name in numbers ? [[name, numbers[name].shape]] : [])),
  )
  for (const [name, shape] of Object.entries(found)) {
    const wanted = [...lead, ...expected[name]]
    if (shape.join() === wanted.join()) continue
    const fits = fittingTransposes(found, named, lead.length)
    const message = fits === null || fits.includes(name) ? mismatch(name, wanted) : turned(fits[0], name)
    throw new WorkbenchError('WEIGHTS_SHAPE', message, { where, remedy: remedyOf(fits, classes) })
  }

  function mismatch(name: string, wanted: readonly number[]): string {
    const words = axesInWords(named[name], classes)
    const known = sourcesOf(name, named, found, expected)
    return `${name} is ${listed(found[name])}; its axes are ${words}, ${listed(wanted)} expected${known}`
  }

  /** @param other the array that disagrees with the matrix */
  function turned(matrix: string, other: string): string {
    const [rows, columns] = found[matrix].slice(lead.length)
    const words = axesInWords(named[matrix], classes)
    const says = `${other} ${axesInWords(named[other], classes)} is ${listed(found[other])}`
    return `${matrix} is ${listed(found[matrix])}; its axes are ${words}, ${listed([...lead, columns, rows])} expected; ${says}`
  }
}

/** Where the sizes of an array's axes come from: "; inputs is 7 by W [hidden, inputs]". */
function sourcesOf(name: string, named: Shapes, found: Shapes, expected: Shapes): string {
  const words = named[name].flatMap((axis, index) => {
    const source = Object.keys(named).find((other) => other !== name && other in found && named[other].includes(axis))
    if (source === undefined) return []
    return [`${axisNames.get(axis)} is ${expected[name][index]} by ${source} ${axesInWords(named[source], null)}`]
  })
  return words.length === 0 ? '' : `; ${words.join(', ')}`
}

function remedyOf(fits: readonly string[] | null, classes: number | null): string {
  if (fits === null) return 'No transpose of a matrix would fit: make the sizes agree.'
  const saved = fits.map((name) => (classes === null ? `${name}.T` : `${name}.transpose(0, 2, 1)`)).join(', ')
  return `The transpose of ${fits.join(', ')} would fit: save ${saved}.`
}

/** Matrices whose transposes make all arrays agree: one of them, else all; null where none do. */
function fittingTransposes(found: Shapes, named: Shapes, lead: number): string[] | null {
  const matrices = Object.keys(found).filter((name) => named[name].length === 2 && found[name].length === lead + 2)
  const candidates = [...matrices.map((name) => [name]), matrices]
  const turned = (names: readonly string[]): Shapes =>
    Object.fromEntries(
      Object.entries(found).map(([name, shape]) => {
        const [rows, columns] = shape.slice(lead)
        return [name, names.includes(name) ? [...shape.slice(0, lead), columns, rows] : shape]
      }),
    )
  return candidates.find((names) => names.length > 0 && agree(turned(names), named, lead)) ?? null
}

/** Whether each axis has one size in all arrays. */
function agree(found: Shapes, named: Shapes, lead: number): boolean {
  const sizes = new Map<number, number>()
  return Object.entries(found).every(([name, shape]) => {
    const own = shape.slice(lead)
    if (own.length !== named[name].length) return false
    return named[name].every((axis, index) => {
      const size = sizes.get(axis) ?? own[index]
      sizes.set(axis, size)
      return size === own[index]
    })
  })
}
