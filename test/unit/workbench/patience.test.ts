import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { patiently, storeLocked } from '../../../src/main/workbench/patience'

const busy = () => Object.assign(new Error('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a lock of another program costs a run patience, and it says how long it waits', async () => {
  const told: number[] = []
  // SQLite gives up after its own patience.
  let left = 2
  const write = async () => {
    if (left-- === 0) return 'written'
    await new Promise((resolve) => setTimeout(resolve, 15_000))
    throw busy()
  }
  const answer = patiently(write, (seconds) => told.push(Math.round(seconds)))
  await vi.advanceTimersByTimeAsync(31_000)
  expect(await answer).toBe('written')
  expect(told).toEqual([5, 10, 15, 20, 25, 30])
  expect(storeLocked(20.2).toData()).toMatchObject({
    code: 'STORE_LOCKED',
    message: 'The store is locked by another program, waiting 20 s',
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toHaveLength(6)
})

test('any other fault is told at once', async () => {
  const told: number[] = []
  const write = () => Promise.reject(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }))
  await expect(patiently(write, (seconds) => told.push(seconds))).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  expect(told).toEqual([])
})
