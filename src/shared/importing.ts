import { z } from 'zod'

/** How the numbers of a file become 0..1: by what they look like, as they are, bytes, or the numbers that become 0 and 1. */
export const scaleOptionSchema = z.union([
  z.enum(['auto', 'unit', 'byte', 'keep']),
  z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, 'The first number has to be the smaller one'),
])
export type ScaleOption = z.infer<typeof scaleOptionSchema>

/** What an import says of its files where they leave room for two readings. Without any, ambiguity stops the import. */
export const meaningOptionsSchema = z.strictObject({
  /** images: labels only where a file names them; labelled: every example has one; pairs: y is an image. */
  kind: z.enum(['images', 'labelled', 'pairs']).optional(),
  /** Of a table: first, last, or the name of the column of labels. */
  labelsColumn: z.string().min(1).max(200).optional(),
  scale: scaleOptionSchema.prefault('auto'),
  /** Rows and columns of every image change places; false: they are as stored, whatever the file's name says. */
  transpose: z.boolean().optional(),
  /** Of image files: as people count (img2 before img10), or by characters (img10 before img2, as sorted() does). */
  order: z.enum(['natural', 'plain']).optional(),
})
export type MeaningOptions = z.infer<typeof meaningOptionsSchema>

/**
 * What an option of the command line says, as an error names it: "--scale 0,16", "--order plain (img10 before img2)".
 * Null for what is none.
 */
export function meaningOf(option: string): Partial<MeaningOptions> | null {
  const [, name = '', word] = /^--([a-z-]+)(?: (\S+))?/.exec(option) ?? []
  if (name === 'transpose' || name === 'no-transpose') return { transpose: name === 'transpose' }
  const key = keysOfOptions[name]
  if (key === undefined || word === undefined) return null
  const range = word.split(',').map(Number)
  const value = meaningOptionsSchema.shape[key].safeParse(key === 'scale' && range.length === 2 ? range : word)
  return value.success ? { [key]: value.data } : null
}

const keysOfOptions: Readonly<Record<string, 'kind' | 'labelsColumn' | 'scale' | 'order'>> = {
  kind: 'kind',
  'labels-column': 'labelsColumn',
  scale: 'scale',
  order: 'order',
}

/** Something of a file that was left out. */
export const skippedSchema = z.object({ what: z.string(), why: z.string(), n: z.int().positive() })
export type Skipped = z.infer<typeof skippedSchema>

/** What an import took its files to mean: said before anything is stored, and kept with the dataset. */
export const understoodSchema = z.object({
  kind: z.enum(['images', 'pairs']),
  /** Where labels came from, and the classes in label order with the number of their examples; null without labels. */
  labels: z.object({ from: z.string(), classes: z.array(z.object({ name: z.string(), n: z.int() })) }).nullable(),
  /** For every file: the numbers in it that became 0 and 1. */
  scale: z.array(z.object({ file: z.string(), zero: z.number(), one: z.number() })),
  orientation: z.string(),
  /** Of image files; null where the order is a file's own. */
  order: z.string().nullable(),
  /** How the examples came to be train, validation and test. */
  splits: z.string(),
  skipped: z.array(skippedSchema),
  /** What a person should know of these data. */
  notices: z.array(z.string()),
})
export type Understood = z.infer<typeof understoodSchema>

const counted = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`

/** Most classes that a statement names one by one. */
const mostNamed = 12

/** The statement as lines of "what: how", for the command line and the screen. */
export function understoodLines(understood: Understood): { what: string; how: string }[] {
  const { kind, labels, scale, orientation, order, splits, skipped, notices } = understood
  return [
    { what: 'Kind', how: kind === 'pairs' ? 'pairs' : labels === null ? 'images without labels' : 'labelled images' },
    { what: 'Labels', how: labels === null ? 'none' : labels.from },
    ...(labels === null ? [] : [{ what: 'Classes', how: classWords(labels.classes) }]),
    ...scale.map(({ file, zero, one }) => ({ what: 'Scale', how: scaleWords(file, zero, one) })),
    { what: 'Orientation', how: orientation },
    ...(order === null ? [] : [{ what: 'Order', how: order }]),
    { what: 'Splits', how: splits },
    ...skipped.map(({ what, why, n }) => ({ what: 'Skipped', how: `${n === 1 ? what : `${what} (${n})`}: ${why}` })),
    ...notices.map((how) => ({ what: 'Note', how })),
  ]
}

function classWords(classes: readonly { name: string; n: number }[]): string {
  const named = classes.slice(0, mostNamed).map(({ name, n }) => `${name} (${n.toLocaleString('en-US')})`)
  const more = classes.length - named.length
  return `${counted(classes.length, 'class').replace(/classs$/, 'classes')}: ${named.join(', ')}${more > 0 ? `, ${more} more` : ''}`
}

const scaleWords = (file: string, zero: number, one: number): string =>
  zero === 0 && one === 1 ? `${file}: values as they are` : `${file}: ${zero} becomes 0, ${one} becomes 1`

const splitTitle = { train: 'training', valid: 'validation', test: 'test' }

/**
 * How examples came to be train, validation and test.
 * @param own splits that the files have themselves
 * @param drawn splits, not empty, that were taken from the training rows
 * @param seed of the draw; null: the last rows
 */
export function splitWords(
  own: readonly ('valid' | 'test')[],
  drawn: readonly ('valid' | 'test')[],
  seed: number | null,
  labelled: boolean,
): string {
  const named = (names: typeof own) => names.map((name) => splitTitle[name]).join(' and ')
  const words = own.length === 0 ? [] : [`${named(own)} as the files have them`]
  if (drawn.length > 0) {
    const how = labelled ? ', each class in its share (stratified)' : ''
    words.push(
      seed === null ? `${named(drawn)}: the last rows, as published` : `${named(drawn)} drawn with seed ${seed}${how}`,
    )
  }
  return words.length === 0 ? 'all are to train on' : words.join('; ')
}
