import { describe, expect, it } from 'vitest'
import { pixelAt, placeOf } from '../../../../src/renderer/src/components/images/linkedCursor'
import { fittingFactor, pairPictures, scaleWords } from '../../../../src/renderer/src/views/PairLab/pairPictures'
import { pairReadOuts } from '../../../../src/renderer/src/views/PairLab/pairReadOuts'
import { pairsCsv, unitsCsv, type ScoredRun } from '../../../../src/renderer/src/views/PairLab/pairTables'
import { pixelText } from '../../../../src/renderer/src/views/PairLab/pixelText'
import type { ModelKind } from '../../../../src/shared/kinds'
import type { PairScore, PairScoreResponse } from '../../../../src/shared/scores'
import { defaultViewOptions, type ModelView } from '../../../../src/shared/views'

const two: PairScore = {
  energy: { yGivenX: 41.307, xGivenY: -2.5, conditional: null, diagonal: null },
  reconstructionError: { y: 0.031, x: 0.029 },
  mapping: new Float32Array([0.25, 0.5]),
  hidden: null,
  input: { x: new Float32Array([0, 1, 2, 3]), y: new Float32Array([1, -1]) },
  reconstruction: { x: new Float32Array([0, 1, 2, 7]), y: new Float32Array([1.5, -1]) },
}
const one: PairScore = {
  energy: { yGivenX: null, xGivenY: null, conditional: 3, diagonal: 2 },
  reconstructionError: { y: null, x: 0.1 },
  mapping: null,
  hidden: new Float32Array([1]),
  input: { x: new Float32Array([0, 1, 2, 3]), y: null },
  reconstruction: { x: new Float32Array([0, 1, 2, 2]), y: null },
}
const view = (shape: [number, number]): ModelView => ({
  recipe: ['luma'],
  options: defaultViewOptions,
  steps: { channel: true, background: false, frame: false, resampling: false },
  shape,
  pixels: new Float32Array(shape[0] * shape[1]),
})
const [viewX, viewY] = [view([2, 2]), view([1, 2])]
const response = (pair: PairScore, kind: ModelKind): PairScoreResponse => ({
  run: 'r',
  kind,
  datasetHash: 'd'.repeat(64),
  class: null,
  classes: null,
  preprocess: { contrast: false, center: false, whiten: false },
  pair,
  gainSet: null,
  classScore: null,
  training: { x: null, y: null },
  notices: [],
  noEnergy: null,
  view: { x: viewX, y: pair.input.y === null ? null : viewY },
})

it('what the pair went through is said in order, and nothing of pixels as given', () => {
  expect(scaleWords({ contrast: true, center: false, whiten: true })).toBe(
    'Shown as the model sees it, after contrast normalisation, whitening.',
  )
  expect(scaleWords({ contrast: false, center: false, whiten: false })).toBeNull()
})

describe('numbers of a pair', () => {
  it('are an energy each way for a gated auto-encoder', () => {
    expect(pairReadOuts('gae', two).map(({ name, dataKey, text }) => [name, dataKey, text])).toEqual([
      ['E(y|x)', 'pairs.0.energy.yGivenX', '+41.307'],
      ['E(x|y)', 'pairs.0.energy.xGivenY', '-2.5000'],
      ['Reconstruction error of y', 'pairs.0.reconstructionError.y', '0.03100'],
      ['Reconstruction error of x', 'pairs.0.reconstructionError.x', '0.02900'],
    ])
  })

  it('are both energies for a model of one image', () => {
    expect(pairReadOuts('mcae', one).map(({ name, value }) => [name, value])).toEqual([
      ['Conditional energy', 3],
      ['Diagonal energy', 2],
      ['Reconstruction error of x', 0.1],
    ])
  })
})

describe('pictures of a pair', () => {
  it('share one gray scale; each difference is r minus the input on its own symmetric scale', () => {
    const pictures = pairPictures(response(two, 'gae'))
    expect(pictures.map(({ name }) => name)).toEqual([
      'Input x',
      'Input y',
      'r(y|x)',
      'Difference y',
      'r(x|y)',
      'Difference x',
    ])
    const [x, y, , differenceY, , differenceX] = pictures
    expect(x!.limits).toEqual({ low: -1, high: 7 })
    expect(y!.limits).toBe(x!.limits)
    expect(y!.shape).toEqual([1, 2])
    expect([...differenceY!.pixels]).toEqual([0.5, 0])
    expect(differenceX!.limits).toEqual({ low: -4, high: 4 })
    expect([x!.scope, differenceX!.scope]).toEqual(['shared', 'own'])
  })

  it('of one image stand where x does', () => {
    const pictures = pairPictures(response(one, 'ae'))
    expect(pictures.map(({ title }) => title)).toEqual(['x', 'r(x|x)', 'r(x|x) \u2212 x'])
    expect(pictures[1]!.name).toBe('r(x|y) with y = x')
  })

  it('are magnified by a whole number that fits, four at least', () => {
    const pictures = pairPictures(response(two, 'gae'))
    expect(fittingFactor(pictures, 10_000, 16)).toBe(8)
    expect(fittingFactor(pictures, 190, 16)).toBe(8)
    expect(fittingFactor(pictures, 180, 16)).toBe(7)
    expect(fittingFactor(pictures, 0, 16)).toBe(4)
  })
})

describe('linked cursor', () => {
  it('marks the same relative place in pictures of other sizes', () => {
    expect(pixelAt(placeOf(13, 27, [28, 28]), [13, 13])).toEqual([6, 12])
    expect(pixelAt({ row: 1, column: 1 }, [28, 28])).toEqual([27, 27])
  })

  it('tells the values that the arrays hold', () => {
    expect(pixelText(placeOf(1, 1, [2, 2]), response(one, 'ae'))).toBe(
      'row 1, column 1 · x 3.00 · r(x|x) 2.00 · r(x|x) \u2212 x -1.00',
    )
  })
})

describe('exported pairs', () => {
  const scored = {
    run: { id: 'r1', name: 'shifts-1', kind: 'gae', seed: 4, dataset: 'shifts' },
    scores: response(two, 'gae'),
  } as ScoredRun
  const image = { sha256: 'ab', name: 'x.png', width: 2, height: 2, format: 'png', origin: null }

  it('hold energies in full with the run and the images', () => {
    const [columns, row] = pairsCsv([scored], image, { ...image, name: 'y.png' })
      .split('\r\n')
      .map((line) => line.split(','))
    const cell = (name: string) => row![columns!.indexOf(name)]
    expect(cell('run')).toBe('r1')
    expect(cell('y')).toBe('y.png')
    expect(cell('energy_y_given_x')).toBe('41.307')
    expect(cell('energy_conditional')).toBe('')
  })

  it('hold every mapping unit', () => {
    expect(unitsCsv([scored]).trimEnd().split('\r\n').slice(1)).toEqual([
      `r1,shifts-1,4,shifts,${'d'.repeat(64)},gae,,mapping,0,0.25`,
      `r1,shifts-1,4,shifts,${'d'.repeat(64)},gae,,mapping,1,0.5`,
    ])
  })
})
