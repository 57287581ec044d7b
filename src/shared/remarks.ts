import { z } from 'zod'
import { runReferenceSchema } from './runs'

/** A word or two by which runs are found again. Lists of tags are written with commas between them. */
export const tagSchema = z
  .string()
  .trim()
  .normalize()
  .min(1, 'a tag is needed')
  .max(60, 'at most 60 characters')
  .regex(/^[^,\p{Cc}]*$/u, 'no commas or control characters')

/** What a user writes of a run, in lines; blank: null. */
export const noteSchema = z
  .string()
  .max(10_000, 'at most 10,000 characters')
  .regex(/^(?:[\t\n\r]|\P{Cc})*$/u, 'no control characters')
  .transform((text) => (text.trim() === '' ? null : text))

export const mostTags = 50
const tagsSchema = z.array(tagSchema).max(mostTags, `at most ${mostTags} tags`).default([])

/** Tags that runs get, and tags that are taken from them. */
export const tagRequestSchema = z
  .strictObject({
    runs: z.array(runReferenceSchema).min(1, 'a run is needed').max(10_000, 'at most 10,000 runs at once'),
    add: tagsSchema,
    remove: tagsSchema,
  })
  .refine(({ add, remove }) => !add.some((tag) => remove.includes(tag)), 'a tag is to be added and removed at once')
export type TagRequest = z.output<typeof tagRequestSchema>

/** A note in one line, where there is no room for all of it. */
export function noteLine(note: string, most: number): string {
  const line = note.trim().replace(/\s+/g, ' ')
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}
