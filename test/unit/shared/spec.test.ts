import { describe, expect, it } from 'vitest'
import { runSpecSchema } from '../../../src/shared/spec/schema'

const issuesOf = (spec: object) => {
  const parsed = runSpecSchema.safeParse({ dataset: 'd', ...spec })
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
}

describe('a spec', () => {
  it('with every key left out masks, and neither contracts nor limits norms', () => {
    const spec = runSpecSchema.parse({ model: { kind: 'cae' }, dataset: 'd' })
    expect(spec.contraction).toEqual({ weight: 0, estimate: 'exact' })
    expect(spec.optimizer.maxNorm).toBeNull()
    expect(spec.corruption).toEqual({ kind: 'mask', level: 0.3, on: 'both' })
  })

  it.each([
    ['a probability above 1', { corruption: { kind: 'salt-and-pepper', level: 2 } }, 'corruption.level'],
    [
      'a probability above 1 in fine-tuning',
      { classifier: { corruption: { kind: 'mask', level: 2 } } },
      'classifier.corruption.level',
    ],
    ['a negative contraction', { contraction: { weight: -1 } }, 'contraction.weight'],
    ['a norm of 0', { optimizer: { maxNorm: 0 } }, 'optimizer.maxNorm'],
  ])('is refused with %s', (_, spec, path) => {
    expect(issuesOf({ model: { kind: 'ae' }, ...spec })).toEqual([path])
  })

  it('with an exact contraction that no memory holds is told to sample', () => {
    const large = { model: { kind: 'cae', factors: 4096, mappings: 1024 }, contraction: { weight: 0.1 } }
    expect(issuesOf(large)).toEqual(['contraction.estimate'])
    expect(issuesOf({ ...large, contraction: { weight: 0.1, estimate: 'sampled' } })).toEqual([])
    expect(issuesOf({ ...large, contraction: { weight: 0 } })).toEqual([])
    expect(issuesOf({ ...large, model: { kind: 'ae', hidden: 4096 } })).toEqual([])
    expect(issuesOf({ model: { kind: 'mcae' }, contraction: { weight: 0.1 } })).toEqual([])
  })
})
