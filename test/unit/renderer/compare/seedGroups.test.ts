import { describe, expect, it } from 'vitest'
import { groupedBySpec, ungrouped } from '../../../../src/renderer/src/views/Compare/seedGroups'
import type { Compared } from '../../../../src/shared/comparing'
import type { RunDetail } from '../../../../src/shared/runs'
import { runSpecSchema } from '../../../../src/shared/spec/schema'

const run = (id: string, epochs: number, seed: number): RunDetail => {
  const spec = runSpecSchema.parse({ model: { kind: 'mcae' }, dataset: 'rect', epochs, seed })
  return { id, name: id, spec, datasetInfo: null } as RunDetail
}
const item = (isGroup: boolean, ...runs: RunDetail[]): Compared => {
  const id = `${isGroup ? 'g:' : ''}${runs.map((one) => one.id).join('+')}`
  return { id, reference: id, isGroup, name: id, slot: 0, dash: 0, runs }
}
const [a1, a2, a3, b1, b2] = [run('a1', 5, 1), run('a2', 5, 2), run('a3', 5, 3), run('b1', 9, 1), run('b2', 9, 2)]

describe('the seeds of specs', () => {
  it('are grouped where the first of a spec stands', () => {
    expect(groupedBySpec([item(false, a1), item(false, b1), item(false, a2)])).toEqual([
      { group: true, runs: ['a1', 'a2'] },
      { group: false, runs: ['b1'] },
    ])
    expect(groupedBySpec([item(true, a1, a2), item(false, a3), item(false, a2)])).toEqual([
      { group: true, runs: ['a1', 'a2', 'a3'] },
    ])
  })

  it('have nothing to group where each item is of its own spec, or of several', () => {
    expect(groupedBySpec([item(true, a1, a2), item(true, b1, b2)])).toBeNull()
    expect(groupedBySpec([item(true, a1, b1), item(false, a2), item(false, b2)])).toBeNull()
  })

  it('come apart in the place of their group, each once', () => {
    const group = item(true, a1, a2)
    expect(ungrouped([item(false, b1), group, item(false, a2)], group)).toEqual([
      { group: false, runs: ['b1'] },
      { group: false, runs: ['a1'] },
      { group: false, runs: ['a2'] },
    ])
  })
})
