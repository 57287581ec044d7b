import { describe, expect, it } from 'vitest'
import { closeWarning, demandMemory, memoryAnswer } from '../../../src/main/workbench/memory'
import { machineMemory } from '../../../src/main/workbench/machineMemory'
import { readSpec } from '../../../src/shared/spec/read'

const pairs = { shape: [13, 13], targetShape: [13, 13], classes: null, n: { train: 100, valid: 10, test: 10 } } as const
const answer = (factors: number, free: number, whole = free) => {
  const spec = readSpec({ model: { kind: 'gae', factors, mappings: factors }, dataset: 'd' }, 'spec')
  return memoryAnswer(spec, { ...pairs, shape: [13, 13], targetShape: [13, 13] }, { free, whole })
}
const need = answer(2048, 1e12).need

describe('the memory of a run against what there is', () => {
  it('is refused where it cannot fit, with what it needs, what there is and what would fit', () => {
    const refused = answer(65_536, 16e9)
    expect(refused.level).toBe('tooMuch')
    expect(() => demandMemory(refused)).toThrow(
      expect.objectContaining({
        code: 'MEMORY',
        exit: 2,
        message: expect.stringMatching(/about \d+ GB of memory while training; 16.0 GB are free/) as string,
        remedy: expect.stringMatching(/would fit with model.factors \d+, model.mappings \d+/) as string,
      }) as Error,
    )
  })

  it('is warned about above seven tenths', () => {
    expect(closeWarning(answer(2048, need / 0.8))).toMatchObject({ code: 'MEMORY_CLOSE' })
    expect(closeWarning(answer(2048, need / 0.6))).toBeNull()
    expect(() => demandMemory(answer(2048, need / 0.8))).not.toThrow()
  })

  it('of a run that waits for its turn is measured by the whole machine', () => {
    const spec = readSpec({ model: { kind: 'gae', factors: 2048, mappings: 2048 }, dataset: 'd' }, 'spec')
    const machine = { free: need / 2, whole: need * 2 }
    const size = { ...pairs, shape: [13, 13] as [number, number], targetShape: [13, 13] as [number, number] }
    expect(memoryAnswer(spec, size, machine, { of: 'whole' }).level).toBe('fits')
    expect(memoryAnswer(spec, size, machine, { of: 'free' }).level).toBe('tooMuch')
  })
})

it('this machine tells how much memory it has', () => {
  const { whole, free } = machineMemory()
  expect(free).toBeGreaterThan(0)
  expect(free).toBeLessThanOrEqual(whole)
})
