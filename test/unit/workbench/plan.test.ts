import { describe, expect, it } from 'vitest'
import { runSpecSchema } from '../../../src/shared/spec/schema'
import type { CheckpointInfo } from '../../../src/shared/trainer'
import { finalCheckpoint, planRun, threadsOfModel, whiteningOf } from '../../../src/main/workbench/plan'

const classifier = runSpecSchema.parse({ model: { kind: 'mcae' }, dataset: 'rect', classifier: {} })
const single = runSpecSchema.parse({ model: { kind: 'gae' }, dataset: 'shifts' })

const checkpoint = (
  phase: 'whiten' | 'pretrain' | 'fit',
  modelClass: number | null,
  final: boolean,
): CheckpointInfo => ({
  sha256: 'a'.repeat(64),
  path: `${phase}-${modelClass}`,
  bytes: 1,
  phase,
  class: modelClass,
  epoch: 3,
  final,
})

describe('planRun', () => {
  it('trains one model per class, then fits, from nothing', () => {
    expect(planRun(classifier, 2, [])).toEqual({
      whiten: false,
      pretrain: [
        { task: 'pretrain', class: 0, resumeFrom: null },
        { task: 'pretrain', class: 1, resumeFrom: null },
      ],
      fit: { resumeFrom: null },
    })
  })

  it('goes on from unfinished checkpoints and leaves finished ones alone', () => {
    const checkpoints = [checkpoint('pretrain', 0, true), checkpoint('pretrain', 1, false)]
    expect(planRun(classifier, 2, checkpoints)).toEqual({
      whiten: false,
      pretrain: [{ task: 'pretrain', class: 1, resumeFrom: 'pretrain-1' }],
      fit: { resumeFrom: null },
    })
  })

  it('trains one model of all data without a classifier, and fits nothing', () => {
    expect(planRun(single, null, [])).toEqual({
      whiten: false,
      pretrain: [{ task: 'pretrain', class: null, resumeFrom: null }],
      fit: null,
    })
    expect(planRun(single, null, [checkpoint('pretrain', null, true)])).toEqual({
      whiten: false,
      pretrain: [],
      fit: null,
    })
  })

  it('has nothing left of a finished classifier', () => {
    const checkpoints = [
      checkpoint('pretrain', 0, true),
      checkpoint('pretrain', 1, true),
      checkpoint('fit', null, true),
    ]
    expect(planRun(classifier, 2, checkpoints)).toEqual({ whiten: false, pretrain: [], fit: null })
  })
})

describe('whitening', () => {
  const spec = { ...classifier, preprocess: { ...classifier.preprocess, whiten: true } }

  it('is learned once: a resume goes on with what is stored', () => {
    expect(planRun(spec, 2, [])).toMatchObject({ whiten: true })
    expect(whiteningOf([])).toBeNull()
    const checkpoints = [checkpoint('whiten', null, true), checkpoint('pretrain', 0, false)]
    expect(planRun(spec, 2, checkpoints)).toMatchObject({ whiten: false })
    expect(whiteningOf(checkpoints)).toBe('whiten-null')
  })
})

describe('finalCheckpoint', () => {
  it('is the classifier, not one of its models', () => {
    const models = [checkpoint('pretrain', 0, true), checkpoint('pretrain', 1, true)]
    expect(finalCheckpoint(classifier, models)).toBeNull()
    expect(finalCheckpoint(classifier, [...models, checkpoint('fit', null, false)])).toBeNull()
    expect(finalCheckpoint(classifier, [...models, checkpoint('fit', null, true)])?.path).toBe('fit-null')
    expect(finalCheckpoint(single, [checkpoint('pretrain', null, true)])?.path).toBe('pretrain-null')
  })
})

describe('threadsOfModel', () => {
  it("is the spec's alone, so that a resume with one class left sums as the undisturbed run did", () => {
    expect(threadsOfModel(classifier, 8)).toBe(1)
    expect(threadsOfModel(single, 8)).toBe(8)
  })
})
