import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Child } from '../../../src/main/children/child'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { writeCheckpoint } from '../../../src/main/saved/checkpoint'
import type { AnalystCall, AnalystResponse, ScoreAnswer } from '../../../src/shared/analyst'
import { expectClose } from '../../support/close'
import { readVector } from '../../support/vectors'

const programs = join(import.meta.dirname, '../../../out/main')
const vector = readVector('cae-sigmoid')

let folder: string
let checkpoint: string
let analyst: Child
const waiting = new Map<number, (response: AnalystResponse) => void>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-analyst-'))
  const file = await writeCheckpoint(folder, { model: vector.model, training: null, carried: {}, spec: null })
  checkpoint = file.path
  analyst = launchNodeChild(programs)('analyst')
  analyst.onMessage((message) => waiting.get((message as AnalystResponse).id)?.(message as AnalystResponse))
})

afterAll(async () => {
  analyst.kill()
  await rm(folder, { recursive: true, force: true })
})

let calls = 0
function ask(call: AnalystCall | { method: string }): Promise<AnalystResponse> {
  const id = ++calls
  analyst.send({ id, call })
  return new Promise((resolve) => waiting.set(id, resolve))
}

const scoring = (changes: object = {}): AnalystCall =>
  ({ method: 'score', checkpoint, class: null, x: vector.x, y: null, gain: false, ...changes }) as AnalystCall

describe('the analyst child', () => {
  it('scores images under a checkpoint; typed arrays stay what they are', async () => {
    const response = await ask(scoring({ gain: true }))
    if (!response.ok) throw new Error(response.error.message)
    const { kind, classes, pairs, classScores } = response.value as ScoreAnswer
    expect([kind, classes, classScores]).toEqual(['cae', null, null])
    expectClose(
      pairs!.map(({ energy }) => energy.diagonal!),
      vector.expected.energy_diagonal,
      1e-4,
    )
    expect(pairs![0]!.mapping).toBeInstanceOf(Float32Array)
    expect(pairs![0]!.gain).toEqual(expect.any(Number))
  })

  it('answers many calls at once, each its own', async () => {
    const rows = [0, 1, 2].map((row) => vector.x.slice(row * 9, (row + 1) * 9))
    const responses = await Promise.all(rows.map((x) => ask(scoring({ x }))))
    const energies = responses.map((response) =>
      response.ok ? (response.value as ScoreAnswer).pairs![0]!.energy.conditional! : NaN,
    )
    expectClose(energies, vector.expected.energy, 1e-4)
  })

  it('tells faults as data and goes on', async () => {
    const bytes = new TextEncoder().encode('no image')
    expect(await ask({ method: 'inspectImage', name: 'a.png', bytes } as AnalystCall)).toMatchObject({
      ok: false,
      error: { code: 'IMAGE_UNREADABLE' },
    })
    expect(await ask(scoring({ checkpoint: join(folder, 'none') }))).toMatchObject({
      ok: false,
      error: { code: 'CHECKPOINT_MISSING' },
    })
    expect(await ask({ method: 'dance' })).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
    expect(await ask(scoring())).toMatchObject({ ok: true })
  })

  it('keeps more models than it holds compiled', async () => {
    for (let copy = 0; copy < 9; copy++) {
      const shifted = vector.model.weights.b!.data.map((value) => value + copy / 10)
      const weights = { ...vector.model.weights, b: { shape: [9], data: shifted } }
      const model = { ...vector.model, weights }
      const { path } = await writeCheckpoint(folder, { model, training: null, carried: {}, spec: null })
      expect(await ask(scoring({ checkpoint: path }))).toMatchObject({ ok: true })
    }
    expect(await ask(scoring())).toMatchObject({ ok: true })
  })
})
