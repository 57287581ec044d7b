import { describe, expect, it } from 'vitest'
import { EpochOrder } from '../../../src/main/training/data/epochOrder'

const rows = (order: EpochOrder, epoch: number, first: number, count: number): number[] => [
  ...order.rows(epoch, first, count).data,
]

describe('the order of an epoch', () => {
  it('visits each row at most once, leaves out the partial batch, and differs from epoch to epoch', () => {
    const order = new EpochOrder(1, 2, 23, 5)
    const first = rows(order, 0, 0, 4)
    expect(order.rows(0, 0, 4).shape).toEqual([4, 5])
    expect(new Set(first).size).toBe(20)
    expect(rows(order, 1, 0, 4)).not.toEqual(first)
    const visited = new Set(Array.from({ length: 20 }, (_, epoch) => rows(order, epoch, 0, 4)).flat())
    expect(visited.size).toBe(23)
  })

  it('is the same however it is cut', () => {
    const whole = rows(new EpochOrder(1, 2, 23, 5), 3, 0, 4)
    const cut = new EpochOrder(1, 2, 23, 5)
    expect([...rows(cut, 3, 2, 2)]).toEqual(whole.slice(10))
    expect([...rows(cut, 3, 0, 2)]).toEqual(whole.slice(0, 10))
  })
})
