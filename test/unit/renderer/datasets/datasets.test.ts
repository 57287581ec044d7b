import { describe, expect, it } from 'vitest'
import { cellSize } from '../../../../src/renderer/src/views/Datasets/cellSize'
import { sortFiles, suggestName } from '../../../../src/renderer/src/views/Datasets/importFiles'
import { withCount } from '../../../../src/renderer/src/views/Datasets/splitCounts'
import { trainLink } from '../../../../src/renderer/src/views/Datasets/trainLink'

const file = (name: string) => new File(['x'], name)

describe('dropped files', () => {
  it('are images and their labels, in any order', () => {
    const labels = file('t10k-labels-idx1-ubyte.gz')
    const images = file('t10k-images-idx3-ubyte.gz')
    expect(sortFiles([labels, images])).toEqual({ files: [images], labels })
  })

  it('hold no labels when there is one alone', () => {
    const only = file('labels.npz')
    expect(sortFiles([only])).toEqual({ files: [only], labels: null })
  })

  it('suggest a name', () => {
    expect(suggestName([file('t10k-images-idx3-ubyte.gz')])).toBe('t10k-images')
    expect(suggestName([file('shifts.npz')])).toBe('shifts')
    expect(suggestName([])).toBe('')
  })
})

describe('the splits', () => {
  const splits = { train: 8000, valid: 1000, test: 1000 }

  it('always hold every example, Train being the rest', () => {
    expect(withCount(splits, 'valid', 2000)).toEqual({ train: 7000, valid: 2000, test: 1000 })
    expect(withCount(splits, 'test', 0)).toEqual({ train: 9000, valid: 1000, test: 0 })
    expect(withCount(splits, 'valid', 99_999)).toEqual({ train: 0, valid: 10_000, test: 0 })
    expect(withCount(splits, 'test', -5)).toEqual({ train: 9000, valid: 1000, test: 0 })
  })

  it('come out as typed in any order', () => {
    const wanted = { train: 6000, valid: 1500, test: 2500 }
    for (const order of [
      ['train', 'valid', 'test'],
      ['test', 'valid', 'train'],
      ['valid', 'train', 'test'],
    ] as const) {
      expect(order.reduce((now, split) => withCount(now, split, wanted[split]), splits)).toEqual(wanted)
    }
  })
})

it('shows images at whole-number magnifications', () => {
  expect(cellSize({ kind: 'images', shape: [28, 28], targetShape: null }).factor).toBe(4)
  expect(cellSize({ kind: 'images', shape: [300, 200], targetShape: null }).factor).toBe(1)
  const pair = cellSize({ kind: 'pairs', shape: [13, 13], targetShape: [13, 13] })
  expect(pair.width).toBe(pair.factor * 26 + 12)
})

it('links to a preset that fits the dataset', () => {
  const link = trainLink({ name: 'digits', kind: 'images' })
  expect(link).toMatchObject({ path: '/new', query: { dataset: 'digits' } })
  expect(link.query.preset).toBeTruthy()
})
