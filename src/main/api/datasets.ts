import { z } from 'zod'
import {
  importRequestSchema,
  splitNameSchema,
  type Dataset,
  type DatasetSummary,
  type ImagePage,
  type ImportPreview,
} from '../../shared/datasets'
import { generateRequestSchema, type GeneratedPreview } from '../../shared/generators'
import { nameSchema } from '../../shared/spec/schema'
import { mutation, query, type ApiOf } from './acts'
import { granted } from './grants'

/** Id or name. */
const reference = z.strictObject({ dataset: z.string().min(1).max(200) })
export type DatasetReference = z.output<typeof reference>

const part = reference.extend({
  split: splitNameSchema,
  /** Index of a class, to see its images alone. */
  class: z.int().nonnegative().nullable().default(null),
})
export type DatasetPart = z.output<typeof part>

const page = part.extend({ at: z.int().nonnegative().default(0), count: z.int().min(1).max(500).default(100) })
export type DatasetPage = z.output<typeof page>

export const datasets = {
  /** Newest first. */
  list: query(z.strictObject({ inBin: z.boolean().default(false) }).prefault({})).gives<Dataset[]>(),
  get: query(reference).gives<Dataset>(),
  generate: mutation(generateRequestSchema).gives<Dataset>(),
  /** The first examples of what `generate` would make. */
  previewGenerated: query(generateRequestSchema).gives<GeneratedPreview>(),
  preview: mutation(importRequestSchema, granted('has')).gives<ImportPreview>(),
  import: mutation(importRequestSchema, granted('take')).gives<Dataset>(),
  /** Stops an import or a generation, by the name that the dataset was to have; nothing of it is kept. */
  cancel: mutation(z.strictObject({ name: nameSchema })).gives<void>(),
  summary: query(part).gives<DatasetSummary>(),
  moveToBin: mutation(reference).gives<Dataset>(),
  restore: mutation(reference).gives<Dataset>(),
  images: query(page).gives<ImagePage>(),
}

export type DatasetsApi = ApiOf<typeof datasets>
