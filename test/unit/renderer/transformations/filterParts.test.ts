import { expect, it } from 'vitest'
import { factorOrder } from '../../../../src/renderer/src/views/Transformations/factorOrder'
import { filterParts, galleryName } from '../../../../src/renderer/src/views/Transformations/filterParts'
import type { FilterGallery, FiltersAnswer } from '../../../../src/shared/transformations'

const gallery = (name: string, ...norms: number[]): FilterGallery => ({
  name,
  shape: [1, 1],
  filters: Float32Array.from(norms),
  norms: Float32Array.from(norms),
  frequency: null,
  powerShare: null,
  phase: null,
})
const answer = (over: Partial<FiltersAnswer>): FiltersAnswer => ({
  kind: 'gae',
  class: null,
  tied: true,
  x: gallery('WF', 1, 2),
  y: null,
  mean: null,
  pairs: null,
  mappings: 1,
  ...over,
})
const told = (of: FiltersAnswer) => filterParts(of).map(({ noun, x, y }) => [noun, galleryName(x), y && galleryName(y)])

it('rows of W are of hidden units, rows of W_F, W_X and W_Y of factors; an mcae shows both', () => {
  expect(told(answer({ kind: 'ae', x: gallery('W', 1), mappings: 0 }))).toEqual([['hidden unit', 'W', null]])
  expect(told(answer({ kind: 'cae' }))).toEqual([['factor', 'W_F', null]])
  expect(told(answer({ tied: false, x: gallery('WX', 1), y: gallery('WY', 1) }))).toEqual([['factor', 'W_X', 'W_Y']])
  expect(told(answer({ kind: 'mcae', mean: gallery('W', 3) }))).toEqual([
    ['factor', 'W_F', null],
    ['hidden unit', 'W', null],
  ])
})

it('pinned filters come first, those that another model had are passed over', () => {
  const [part] = filterParts(answer({ x: gallery('WF', 1, 3, 2) }))
  expect(factorOrder(part!, 'norm', [])).toEqual([1, 2, 0])
  expect(factorOrder(part!, 'norm', [0, 7])).toEqual([0, 1, 2])
})
