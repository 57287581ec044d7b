import { describe, expect, it } from 'vitest'
import { Pace } from '../../../src/main/training/loop/pace'
import { Reporter } from '../../../src/main/training/reporter'
import type { TrainerEvent } from '../../../src/shared/trainer'

const progress = (step: number): TrainerEvent => ({
  type: 'progress',
  phase: 'pretrain',
  class: null,
  epoch: 1,
  epochs: 2,
  step,
  loss: 1,
  fraction: 0,
})

describe('reports of progress', () => {
  it('are sent at most five times a second, the latest before the end', () => {
    let now = 1000
    const sent: TrainerEvent[] = []
    const reporter = new Reporter(
      (event) => sent.push(event),
      () => now,
    )
    for (let step = 0; step < 100; step++) {
      reporter.emit(progress(step))
      now += 10
    }
    reporter.emit({ type: 'cancelled' })
    const steps = sent.flatMap((event) => (event.type === 'progress' ? [event.step] : []))
    expect(steps).toEqual([0, 20, 40, 60, 80, 99])
    expect(sent.at(-1)).toEqual({ type: 'cancelled' })
  })
})

describe('the length of a chunk', () => {
  it('comes to what takes a quarter of a second, growing at most fourfold at once', () => {
    const pace = new Pace(100)
    expect(pace.next(1000)).toBe(4)
    pace.took(4, 0.004)
    expect(pace.next(1000)).toBe(16)
    pace.took(16, 0.016)
    pace.took(64, 0.064)
    expect(pace.next(1000)).toBe(250)
    expect(pace.next(30)).toBe(30)
    pace.took(30, 3)
    expect(pace.next(1000)).toBe(2)
    pace.took(2, 10)
    expect(pace.next(1000)).toBe(1)
  })

  it('is bounded by what its inputs weigh', () => {
    const pace = new Pace(40 * 1024 * 1024)
    pace.took(1, 0.001)
    expect(pace.next(1000)).toBe(1)
  })
})
