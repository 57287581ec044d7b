import { describe, expect, it } from 'vitest'
import { cellSize } from '../../../../src/renderer/src/views/Datasets/cellSize'
import { describeFiles, sortFiles, suggestName } from '../../../../src/renderer/src/views/Datasets/importFiles'
import { withCount, withCountBeside } from '../../../../src/renderer/src/views/Datasets/splitCounts'
import { optionFacts } from '../../../../src/renderer/src/views/Datasets/words'
import { trainLink } from '../../../../src/renderer/src/views/Datasets/trainLink'

const file = (name: string) => new File(['x'], name)
const inFolder = (path: string) => Object.defineProperty(file('1.png'), 'webkitRelativePath', { value: path })
const noTest = { testFiles: [], testLabels: null }

describe('dropped files', () => {
  it('are images and their labels, in any order', () => {
    const labels = file('t10k-labels-idx1-ubyte.gz')
    const images = file('t10k-images-idx3-ubyte.gz')
    expect(sortFiles([labels, images])).toEqual({ files: [images], labels, ...noTest })
  })

  it('hold no labels when there is one alone', () => {
    const only = file('labels.npz')
    expect(sortFiles([only])).toEqual({ files: [only], labels: null, ...noTest })
    const tests = file('t10k-images-idx3-ubyte.gz')
    expect(sortFiles([tests])).toEqual({ files: [tests], labels: null, ...noTest })
  })

  it('are a training set and a test set by their published names', () => {
    const [train, test] = [file('convex_train.amat'), file('convex_test.amat')]
    expect(sortFiles([test, train])).toEqual({ files: [train], labels: null, testFiles: [test], testLabels: null })
    const digits = [
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      't10k-images-idx3-ubyte',
      't10k-labels-idx1-ubyte',
    ]
    const [images, labels, testImages, testLabels] = digits.map(file)
    expect(sortFiles(digits.map((_, index) => [testLabels, images, testImages, labels][index]!))).toEqual({
      files: [images],
      labels,
      testFiles: [testImages],
      testLabels,
    })
  })

  it('are single images whatever they are called', () => {
    const images = [file('test-1.png'), file('label.png'), file('2.png')]
    expect(sortFiles(images)).toEqual({ files: images, labels: null, ...noTest })
  })

  it('are told by name and size; of many the number', () => {
    expect(describeFiles([file('a.gz')])).toBe('a.gz, 1 bytes')
    expect(describeFiles(['a', 'b', 'c', 'd'].map(file))).toBe('4 files, 4 bytes: a and others')
  })

  it('suggest a name', () => {
    expect(suggestName([file('t10k-images-idx3-ubyte.gz')])).toBe('t10k-images')
    expect(suggestName([file('shifts.npz')])).toBe('shifts')
    expect(suggestName([inFolder('shapes/tall/1.png')])).toBe('shapes')
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

  it('leave a test file whole', () => {
    expect(withCountBeside(splits, 'test', 'valid', 2500)).toEqual({ train: 6500, valid: 2500, test: 1000 })
    expect(withCountBeside(splits, 'test', 'train', 99_999)).toEqual({ train: 9000, valid: 0, test: 1000 })
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

it('tells the options of a recipe in words', () => {
  const options = { splits: { train: 1 }, validationRows: 'last', testFile: true, values: { x: 'bytes', y: null } }
  expect(optionFacts(options)).toEqual([
    { name: 'Validation rows', value: 'last' },
    { name: 'Test file', value: 'yes' },
    { name: 'Values', value: 'x bytes' },
  ])
})

it('links to a preset that fits the dataset', () => {
  const link = trainLink({ name: 'digits', kind: 'images' })
  expect(link).toMatchObject({ path: '/new', query: { dataset: 'digits' } })
  expect(link.query.preset).toBeTruthy()
})
