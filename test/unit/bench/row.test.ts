import { expect, it } from 'vitest'
import { waitRows } from '../../../src/main/bench/row'

it('a wait has no rival: its median and its 95th percentile are judged by the floor', () => {
  const times = Array.from({ length: 20 }, (_, index) => 20 - index)
  const rows = waitRows('opening', times, { floor: 18, goal: 5 })
  const wait = { unit: 'ms', against: null, ratio: null, floor: 18, goal: 5 }
  expect(rows).toEqual([
    { name: 'opening, median of 20', value: 11, ok: true, ...wait },
    { name: 'opening, 95th percentile of 20', value: 19, ok: false, ...wait },
  ])
})
