import { describe, expect, it } from 'vitest'
import { roomOf, widthOf } from '../../../src/main/workbench/room'
import { finishTimes, lastOf } from '../../../src/main/workbench/schedule'

const plan = (run: string, seconds: number | null, width = 1) => ({ run, seconds, width })
const times = (...all: Parameters<typeof finishTimes>) => Object.fromEntries(finishTimes(...all))

describe('when runs of a queue are finished', () => {
  it('is one after another with one slot', () => {
    expect(times([plan('a', 5)], [plan('b', 10), plan('c', 1)], 1)).toEqual({ a: 5, b: 15, c: 16 })
  })

  it('is side by side with several, in their order', () => {
    expect(times([], [plan('a', 4), plan('b', 10), plan('c', 2), plan('d', 1)], 2)).toEqual({ a: 4, b: 10, c: 6, d: 7 })
  })

  it('waits for all slots where a run takes all, and none overtakes it', () => {
    const waiting = [plan('whole', 10, 2), plan('small', 1)]
    expect(times([plan('a', 3), plan('b', 8)], waiting, 2)).toEqual({ a: 3, b: 8, whole: 18, small: 19 })
  })

  it('waits until no more than the slots are busy where more were begun', () => {
    expect(times([plan('a', 3), plan('b', 8), plan('by hand', 5)], [plan('c', 1)], 2)).toMatchObject({ c: 6 })
  })

  it('is not known behind a run of which nothing is known, and then neither when all are', () => {
    const ends = finishTimes([plan('a', 3)], [plan('b', 1), plan('c', null), plan('d', 1)], 1)
    expect(Object.fromEntries(ends)).toEqual({ a: 3, b: 4, c: null, d: null })
    expect(lastOf(ends)).toBeNull()
    expect(times([plan('a', null)], [plan('b', 1)], 4)).toEqual({ a: null, b: null })
    expect(lastOf(new Map())).toBeNull()
    expect(lastOf(finishTimes([plan('a', 3)], [plan('b', 1)], 2))).toBe(3)
  })
})

describe('the room of the queue', () => {
  const held = { threads: 1, generation: 0 }
  const free = { threads: null, generation: 0 }
  it('is one run of all cores, or one of one thread a core, where nobody chose', () => {
    const room = roomOf(null, 8)
    expect([room.slots, widthOf(held, room), widthOf(free, room)]).toEqual([8, 1, 8])
    expect(widthOf({ threads: 12, generation: 0 }, room)).toBe(8)
  })

  it('is what was chosen, each with its share of the cores; one that was begun with all keeps them', () => {
    const room = roomOf(3, 8)
    expect(room.share).toBe(2)
    expect([widthOf(held, room), widthOf(free, room), widthOf({ ...free, generation: 1 }, room)]).toEqual([1, 1, 3])
    expect(roomOf(4, 2).share).toBe(1)
    expect(roomOf(1, 8)).toMatchObject({ slots: 1, share: null })
  })
})
