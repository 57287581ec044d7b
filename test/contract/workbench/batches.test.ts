import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { openStore, type Store } from '../../../src/main/store/store'
import type { BatchEvent, BatchPair, BatchScore, BatchScoreRequest } from '../../../src/shared/batches'
import type { PairScore } from '../../../src/shared/scores'
import { defaultViewOptions } from '../../../src/shared/views'
import buildOnce from '../../support/built'
import { greyPng } from '../../support/png'
import { finishedRun, gaeOf, mcaeOf, randomModel } from '../../support/randomRun'

const view = { x: defaultViewOptions, y: defaultViewOptions }
const count = 90

let folder: string
let store: Store
let app: App
let images: { x: string; y: string }[]
const runs: Record<'pairs' | 'classes', string> = { pairs: '', classes: '' }

beforeAll(async () => {
  buildOnce()
  folder = await mkdtemp(join(tmpdir(), 'gae-batches-'))
  app = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'cli' })
  store = await openStore(folder)
  const rect = await app.datasets.generate({
    generator: 'rectangles',
    name: 'rect',
    train: 20,
    valid: 2,
    test: 2,
    seed: 1,
  })
  runs.pairs = (await finishedRun(store, 'pairs', randomModel(gaeOf(36)), null)).id
  runs.classes = (await finishedRun(store, 'classes', randomModel(mcaeOf(784), 2), rect)).id
  images = []
  for (let n = 0; n < count; n++) images.push({ x: await put(`${n}_x.png`, n), y: await put(`${n}_y.png`, n + 1000) })
})

afterAll(async () => {
  await app.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const noise = (n: number) =>
  greyPng(
    Uint8Array.from({ length: 36 }, (_, i) => (i * 37 + n * 101) % 256),
    6,
    6,
  )
const put = async (name: string, n: number) => (await app.workbench.images.put({ name, bytes: await noise(n) })).sha256

const good = (n: number): BatchPair => ({
  x: { name: `${n}_x.png`, sha256: images[n]!.x },
  y: { name: `${n}_y.png`, sha256: images[n]!.y },
})
const broken = { code: 'IMAGE_UNREADABLE', message: 'The file is empty', where: 'a_x.png', remedy: 'Choose another.' }
const add = async (pairs: BatchPair[]) => (await app.workbench.batches.create({ name: 'list', pairs })).batch

async function walk(
  request: Omit<BatchScoreRequest, 'view'>,
  leave: (event: BatchEvent) => boolean = () => false,
): Promise<{ scores: Map<number, BatchScore>; errors: Map<number, string>; events: BatchEvent[] }> {
  const stop = new AbortController()
  const scores = new Map<number, BatchScore>()
  const errors = new Map<number, string>()
  const events: BatchEvent[] = []
  for await (const event of app.workbench.batches.score({ ...request, view }, stop.signal)) {
    events.push(event)
    if (event.type === 'scores') {
      for (const score of event.scores) scores.set(score.row, score)
      for (const { row, error } of event.errors) errors.set(row, error.code)
    }
    if (event.type === 'gains') event.rows.forEach((row, at) => (scores.get(row)!.gain = event.gains[at]!))
    if (leave(event)) stop.abort()
  }
  return { scores, errors, events }
}

describe('a list of pairs', () => {
  it('is scored row by row, a bad row told in its place; gains are those of the command line', async () => {
    const pairs: BatchPair[] = Array.from({ length: count }, (_, n) => good(n))
    pairs[3] = { ...pairs[3]!, y: { name: 'a_y.png', error: broken } }
    pairs[7] = { ...pairs[7]!, y: null }
    pairs[9] = { ...pairs[9]!, x: { name: 'lost.png', sha256: 'f'.repeat(64) } }
    const batch = await add(pairs)
    const { scores, errors, events } = await walk({ batch, run: runs.pairs, class: null })
    expect(events[0]).toMatchObject({ type: 'batch', name: 'list', pairs, kind: 'gae', classes: null })
    expect([...errors]).toEqual([
      [3, 'IMAGE_UNREADABLE'],
      [7, 'PAIR_NEEDED'],
      [9, 'IMAGE_NOT_FOUND'],
    ])
    const rows = [...scores.keys()].sort((a, b) => a - b)
    expect(rows).toEqual(Array.from({ length: count }, (_, n) => n).filter((n) => ![3, 7, 9].includes(n)))

    const scorer = await app.pairs.scorer(runs.pairs, null)
    const files = await Promise.all(
      rows.map(async (n) =>
        scorer.view(...((await Promise.all([file(images[n]!.x), file(images[n]!.y)])) as [File, File])),
      ),
    )
    const expected = (await scorer.score(files)).map(({ score }) => score as PairScore)
    rows.forEach((row, index) => {
      expect(scores.get(row)!.energy.yGivenX).toBeCloseTo(expected[index]!.energy.yGivenX!, 4)
      expect(scores.get(row)!.energy.xGivenY).toBeCloseTo(expected[index]!.energy.xGivenY!, 4)
      expect(scores.get(row)!.reconstructionError.y).toBeCloseTo(expected[index]!.reconstructionError.y!, 5)
      expect(scores.get(row)!.gain).toBeCloseTo(expected[index]!.gain!, 4)
    })
    expect(scores.get(0)!.thumbnails.x.shape).toEqual([6, 6])
    expect(scores.get(0)!.recipe.x).toEqual(['RGB with alpha 6x6', 'luma Rec. 601', '[0,1]'])
    expect(await app.workbench.pairs.recent({ count: 5 }), 'pairs of a list are no recent pairs').toEqual([])
  })

  type File = { name: string; bytes: Uint8Array }
  const file = async (sha256: string): Promise<File> => {
    const { image, bytes } = await app.workbench.images.get({ sha256 })
    return { name: image.name, bytes }
  }

  it('goes on where a reader left it, and is all there for the next', async () => {
    const batch = await add(Array.from({ length: count }, (_, n) => good(n)))
    const request = { batch, run: runs.pairs, class: null }
    const scored = (event: BatchEvent) => event.type === 'scores' && event.scores.length > 0
    const first = await walk(request, scored)
    expect(first.scores.size).toBeGreaterThan(0)
    expect(first.scores.size).toBeLessThan(count)
    expect([...first.scores.values()].map(({ gain }) => gain)).not.toContainEqual(expect.any(Number))

    const second = await walk(request)
    const known = second.events[1] as Extract<BatchEvent, { type: 'scores' }>
    // Rows come as they are scored, two of them at once.
    const rows = (of: Iterable<number>) => [...of].sort((a, b) => a - b)
    expect(rows(known.scores.map(({ row }) => row))).toEqual(rows(first.scores.keys()))
    expect(second.scores.size).toBe(count)
    expect([...second.scores.values()].every(({ gain }) => gain !== null)).toBe(true)

    const third = await walk(request)
    expect(third.events).toHaveLength(2)
    expect(third.scores).toEqual(second.scores)
  })

  it('under a classifier tells what it predicts; energies under one class where that is asked for', async () => {
    const batch = await add([0, 1, 2].map((n) => ({ ...good(n), y: null })))
    const decided = await walk({ batch, run: runs.classes, class: null })
    expect(decided.scores.get(0)).toMatchObject({
      energy: { conditional: null, diagonal: null },
      gain: null,
      predicted: expect.any(Number),
      posterior: expect.any(Number),
    })
    const { scores } = await walk({ batch, run: runs.classes, class: 1 })
    const energies = [0, 1, 2].map((row) => scores.get(row)!.energy.conditional!)
    const [own, ...others] = energies
    expect(scores.get(0)!.gain).toBeCloseTo(own! - (others[0]! + others[1]!) / 2, 4)
    expect(scores.get(0)!.predicted).toBe(decided.scores.get(0)!.predicted)
    await expect(walk({ batch, run: runs.classes, class: 5 })).resolves.toMatchObject({
      errors: new Map([0, 1, 2].map((row) => [row, 'CLASS_UNKNOWN'])),
    })
  })

  it('that is not there is said so', async () => {
    await expect(walk({ batch: '0'.repeat(12), run: runs.pairs, class: null })).rejects.toMatchObject({
      code: 'BATCH_NOT_FOUND',
    })
  })
})
