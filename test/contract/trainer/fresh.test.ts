import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateDataset } from '../../../src/main/datasets/generateDataset'
import { openFresh } from '../../../src/main/datasets/freshExamples'
import type { GeneratedRecipe } from '../../../src/shared/datasets'
import { generateRequestSchema, type GenerateRequestInput } from '../../../src/shared/generators'
import type { TrainerEvent } from '../../../src/shared/trainer'
import { finished, jobOf, outcomeOf } from '../../support/trainerJob'

interface Made {
  path: string
  recipe: GeneratedRecipe
  sourcePath: string | null
}

let folder: string
let dots: Made
let varied: Made

async function make(request: GenerateRequestInput, source: Made | null = null): Promise<Made> {
  const file = source === null ? null : { name: 'source', hash: '0', path: source.path }
  const { hash, recipe } = await generateDataset(generateRequestSchema.parse(request), file, folder)
  return {
    path: join(folder, `${hash}.safetensors`),
    recipe: recipe as GeneratedRecipe,
    sourcePath: source?.path ?? null,
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-fresh-'))
  dots = await make({ generator: 'shifts', train: 96, valid: 40, test: 40, options: { shape: [7, 7] } })
  const rectangles = await make({ generator: 'rectangles', train: 50, valid: 20, test: 20 })
  varied = await make({ generator: 'rotations', train: 64, valid: 20, test: 20, source: 'source' }, rectangles)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const spec = {
  model: { kind: 'gae', factors: 10, mappings: 6, tied: false, objective: 'both' },
  fresh: true,
  preprocess: { contrast: true, center: true },
  optimizer: { kind: 'adam', learningRate: 0.003, schedule: 'linear' },
  epochs: 5,
  batchSize: 16,
}

const job = ({ path, recipe, sourcePath }: Made, resumeFrom: string | null, fresh = true) =>
  jobOf(
    { spec: { ...spec, fresh }, dataset: path, folder },
    { task: 'pretrain', class: null, resumeFrom, ...(fresh ? { fresh: { recipe, sourcePath } } : {}) },
  )
const losses = (events: TrainerEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch' ? [[event.trainLoss, event.validLoss]] : []))
const afterEpoch = (wanted: number) => (event: TrainerEvent) => event.type === 'epoch' && event.epoch === wanted

describe('fresh examples', () => {
  it('differ from epoch to epoch, and are the same for the same epoch', async () => {
    const draw = await openFresh(dots.recipe, null)
    const again = await openFresh(dots.recipe, null)
    const [first, second] = [await draw(1), await draw(2)]
    expect(first.x).toHaveLength(96 * 49)
    expect(first.y).toHaveLength(96 * 49)
    expect(second.x).not.toEqual(first.x)
    expect(await again(1)).toEqual(first)
  })

  it('train the first epoch on the dataset itself and the others on new examples, the validation as before', async () => {
    const fixed = await finished(job(dots, null, false))
    const fresh = await finished(job(dots, null))
    const [atFixed, atFresh] = [losses(fixed.events), losses(fresh.events)]
    expect(atFresh[0]).toEqual(atFixed[0])
    expect(atFresh[1]).not.toEqual(atFixed[1])
    expect(fresh.saved.model.centre).toEqual(fixed.saved.model.centre)
  })

  it.each([
    ['dots', () => dots],
    ['images of a source', () => varied],
  ])('of %s: a resumed training is the undisturbed one, bit for bit', async (_, made) => {
    const undisturbed = await finished(job(made(), null))
    const cancelled = await outcomeOf(job(made(), null), afterEpoch(3))
    expect(cancelled.checkpoint).toMatchObject({ epoch: 3, final: false })
    const resumed = await finished(job(made(), cancelled.checkpoint!.path))
    expect(losses(resumed.events)).toEqual(losses(undisturbed.events).slice(3))
    expect(resumed.saved.model).toEqual(undisturbed.saved.model)
  })

  it('of a recipe that this version does not know end the run in words', async () => {
    const recipe = { ...dots.recipe, options: { side: 13 } }
    const { last } = await outcomeOf(job({ ...dots, recipe }, null))
    expect(last).toMatchObject({ type: 'failed', error: { code: 'RECIPE_UNKNOWN' } })
  })
})
