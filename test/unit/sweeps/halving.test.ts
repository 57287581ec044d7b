import { expect, test } from 'vitest'
import { epochsOf, promoted, rungsOf, whyAnew } from '../../../src/main/sweeps/halving'
import { grown } from '../../../src/main/sweeps/identity'
import { runSpecSchema } from '../../../src/shared/spec/schema'
import { sweepSpecSchema, type SweepSpecInput } from '../../../src/shared/sweeps'

const spec = (over: object = {}) => runSpecSchema.parse({ model: { kind: 'ae' }, dataset: 'rect', ...over })
const sweep = (over: Partial<SweepSpecInput> = {}) =>
  sweepSpecSchema.parse({
    name: 'lr',
    base: { model: { kind: 'ae' } },
    dataset: 'rect',
    axes: { epochs: [1, 2] },
    seeds: [1, 2],
    ...over,
  })

test('how many go on is written beforehand: a quarter, rounded up', () => {
  const specs = Array.from({ length: 17 }, () => spec())
  expect(
    rungsOf({ halving: { epochs: [1, 2, 4, 8] } }, specs).map(({ epochs, settings }) => [epochs, settings]),
  ).toEqual([
    [1, 17],
    [2, 5],
    [4, 2],
    [8, 1],
  ])
})

test('where the schedule depends on the length, longer runs begin anew, and the cost says so', () => {
  const linear = spec({ optimizer: { schedule: 'linear' } })
  expect(whyAnew(spec())).toBeNull()
  expect(whyAnew(spec({ classifier: { finetune: 'all' }, earlyStopping: { patience: 1 } }))).toBeNull()
  expect(whyAnew(linear)).toMatch(/schedule linear/)
  const rungs = rungsOf({ halving: { epochs: [2, 8] } }, [linear])
  expect(rungs.map(({ anew }) => anew !== null)).toEqual([false, true])
  expect([epochsOf(spec(), rungs, 1), epochsOf(linear, rungs, 1)]).toEqual([6, 8])
})

test('the best go on; of equals the first of the list; one that came to nothing never', () => {
  const scores = [0.3, 0.1, null, 0.1, 0.2].map((score, at) => ({ setting: at + 1, score }))
  expect(promoted(scores, 1)).toEqual([2])
  expect(promoted(scores, 3)).toEqual([2, 4, 5])
  expect(promoted(scores, 5)).toEqual([2, 4, 5, 1])
})

test('a sweep of the same name is the same one, larger, or refused with the reason', () => {
  const random = { method: 'random' as const, runs: 10 }
  expect(grown('lr', sweep(), sweep())).toBeNull()
  expect(grown('lr', sweep(random), sweep({ ...random, runs: 60 }))).toMatchObject({ runs: 60, seeds: [1, 2] })
  expect(grown('lr', sweep(), sweep({ seeds: [3, 2, 1] }))).toMatchObject({ seeds: [1, 2, 3] })
  expect(() => grown('lr', sweep(), sweep({ axes: { epochs: [1, 3] } }))).toThrow('another axes')
  expect(() => grown('lr', sweep(random), sweep({ ...random, seed: 2 }))).toThrow('another seed')
  expect(() => grown('lr', sweep(random), sweep({ ...random, runs: 9 }))).toThrow('has 10 settings already')
  expect(() => grown('lr', sweep(), sweep({ seeds: [2] }))).toThrow('has the seeds 1 too')
  const halving = { axes: { 'model.hidden': [4, 5] }, halving: { epochs: [1, 2] } }
  expect(() => grown('lr', sweep(halving), sweep({ ...halving, seeds: [1, 2, 3] }))).toThrow('written before')
})
