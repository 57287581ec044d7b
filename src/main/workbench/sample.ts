import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { parseInput } from '../../shared/parse'
import type { RunSummary } from '../../shared/runs'
import { isSample, sampleOrigin, type SampleImage, type SamplePair } from '../../shared/sample'
import { defaultViewOptions } from '../../shared/views'
import type { SampleApi } from '../api/sample'
import type { AnalystClient } from './analystClient'
import type { ImageService } from './images'
import type { ModelService } from './models'
import type { RunService } from './runs'

const weights = 'shifts-gae.npz'
const list = 'pairs.csv'
const runName = 'sample-shifts'

const fileSchema = z.string().refine((name) => name !== '' && basename(name) === name, 'the name of a file beside it')
const listSchema = z.array(z.object({ x: fileSchema, y: fileSchema })).min(1)

interface Dependencies {
  /** Where the sample model and its pairs lie. */
  folder: string
  runs: RunService
  models: ModelService
  images: ImageService
  analyst: AnalystClient
}

/** The trained model that comes with the workbench, and pairs for it: a first look before any training. */
export class SampleService implements SampleApi {
  #opening: Promise<RunSummary> | null = null

  constructor(private readonly dependencies: Dependencies) {}

  /**
   * The run of the sample model, imported at the first time and taken out of the bin where it lies there, and its pairs.
   * @throws WorkbenchError SAMPLE_MISSING, and what is wrong with the files; then no run is made
   */
  async open(): Promise<{ run: RunSummary; pairs: SamplePair[] }> {
    const pairs = await this.pairs()
    // Two windows may press the button.
    const run = await (this.#opening ??= this.#run().finally(() => (this.#opening = null)))
    return { run, pairs }
  }

  /** The sample pairs, kept in the store so that links may name them. @throws WorkbenchError SAMPLE_MISSING */
  async pairs(): Promise<SamplePair[]> {
    const text = new TextDecoder().decode(await this.#file(list))
    const rows = parseInput(listSchema, readList(text), list)
    return Promise.all(rows.map(async ({ x, y }) => ({ x: await this.#image(x), y: await this.#image(y) })))
  }

  async #run(): Promise<RunSummary> {
    const { runs, models } = this.dependencies
    const [kept] = (await runs.list({ inBin: false })).filter(isSample)
    if (kept !== undefined) return kept
    const [binned] = (await runs.list({ inBin: true })).filter(isSample)
    if (binned !== undefined) return runs.restore({ run: binned.id })
    const request = { file: weights, bytes: await this.#file(weights), name: runName }
    return (await models.importFrom(sampleOrigin, request)).run
  }

  async #image(name: string): Promise<SampleImage> {
    const { images, analyst } = this.dependencies
    const bytes = await this.#file(name)
    const image = await images.put({ name, bytes })
    const shape: [number, number] = [image.height, image.width]
    const { pixels } = await analyst.call({ method: 'viewImage', name, bytes, shape, options: defaultViewOptions })
    return { image, shape, pixels }
  }

  async #file(name: string): Promise<Uint8Array> {
    const path = join(this.dependencies.folder, name)
    const bytes = await readFile(path).catch((cause: Error) => {
      throw new WorkbenchError('SAMPLE_MISSING', 'A file of the sample model cannot be read', {
        where: path,
        remedy: 'Install the workbench again.',
        exit: 1,
        cause,
      })
    })
    return new Uint8Array(bytes)
  }
}

function readList(text: string): unknown {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  } catch (cause) {
    throw new WorkbenchError('CSV_UNREADABLE', (cause as Error).message, {
      where: list,
      remedy: 'Install the workbench again.',
      cause,
    })
  }
}
