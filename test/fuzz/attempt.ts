import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { importRequestSchema } from '../../src/shared/datasets'
import { WorkbenchError } from '../../src/shared/errors'
import { openDatasetFile } from '../../src/main/datasets/datasetFile'
import { importDataset } from '../../src/main/datasets/importDataset'
import { Random } from '../../src/main/datasets/random'
import { mutate } from './mutate'
import { samples, type Sample } from './samples'

/** How a changed file was answered: imported whole, or refused with a code. All else is a fault. */
export interface Attempt {
  /** 'accepted', or the code of the refusal. */
  answer: string
  fault: string | null
}

export const readerNames: readonly string[] = Object.keys(samples)

/** Imports every sample as it is. @throws where one is refused: fuzzing would find nothing */
export async function checkSamples(reader: string, folder: string): Promise<void> {
  for (const sample of samples[reader]!) {
    const content = sample.files[sample.target]!
    const { answer, fault } = await attemptWith(sample, content, folder)
    if (fault !== null || answer !== 'accepted')
      throw new Error(`a sample of ${reader} is no valid one: ${fault ?? answer}`)
  }
}

/** Changes a sample of a reader, as seed and number say, and imports it into an empty folder. */
export function attempt(reader: string, seed: number, number: number, folder: string): Promise<Attempt> {
  const random = new Random(seed, number)
  const ofReader = samples[reader]!
  const sample = ofReader[random.integer(0, ofReader.length - 1)]!
  return attemptWith(sample, mutate(sample.files[sample.target]!, sample.kind, random), folder)
}

async function attemptWith(sample: Sample, content: Uint8Array, folder: string): Promise<Attempt> {
  const { files, target, labels, pack = (as: Uint8Array) => as, options } = sample
  const changed = { ...files, [target]: pack(content) }
  const sources = Object.entries(changed).map(([name, bytes]) => ({ name, content: { bytes } }))
  const request = importRequestSchema.parse({
    name: 'fuzz',
    files: sources.filter(({ name }) => name !== labels),
    labels: sources.find(({ name }) => name === labels),
    split: { valid: 0, test: 0 },
    ...options,
  })
  try {
    const dataset = await importDataset(request, folder)
    return { answer: 'accepted', fault: await faultOfStored(folder, dataset) }
  } catch (error) {
    if (!(error instanceof WorkbenchError)) return { answer: 'crash', fault: `crash: ${(error as Error).stack}` }
    const left = readdirSync(folder)
    const fault = left.length > 0 ? `partial import: ${left.join(', ')}` : faultOfRefusal(error)
    return { answer: error.code, fault }
  } finally {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
  }
}

function faultOfRefusal({ code, where, remedy, exit }: WorkbenchError): string | null {
  if (where === null || remedy === null) return `${code} has no place or no remedy`
  return exit === 2 ? null : `${code} ends with ${exit}`
}

/** What was imported is whole: one file, as many rows as are said, all numbers finite. */
async function faultOfStored(
  folder: string,
  { hash, n }: { hash: string; n: { train: number } },
): Promise<string | null> {
  const left = readdirSync(folder)
  if (left.length !== 1) return `partial import: ${left.join(', ')}`
  const { x, y, labels, n: rows } = await (await openDatasetFile(join(folder, `${hash}.safetensors`))).split('train')
  if (rows !== n.train || rows === 0) return `${n.train} rows are said, ${rows} are stored`
  if (labels !== null && labels.length !== rows) return `${labels.length} labels of ${rows} rows`
  if (![x, y ?? []].every((values) => values.every(Number.isFinite))) return 'numbers that are not finite were stored'
  return null
}
