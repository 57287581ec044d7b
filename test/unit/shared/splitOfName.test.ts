import { describe, expect, it } from 'vitest'
import { arrayPlace } from '../../../src/main/datasets/readers/npzNames'
import { splitInName, splitOfWord } from '../../../src/shared/splitOfName'

describe('the split that a name says', () => {
  it.each([
    ['mnist_train.amat', 'train'],
    ['t10k-images-idx3-ubyte.gz', 'test'],
    ['Convex_Test.amat', 'test'],
    ['validation2.csv', 'valid'],
    ['contest.csv', null],
    ['latest.csv', null],
    ['digits.npz', null],
  ])('of a file: %s', (name, split) => expect(splitInName(name)).toBe(split))

  it('of a folder is the whole word', () => {
    expect(['Train', 'val', 'testing', 'train2', 'dev', ''].map(splitOfWord)).toEqual([
      'train',
      'valid',
      'test',
      null,
      null,
      null,
    ])
  })

  it.each([
    ['X_train', { array: 'x', split: 'train' }],
    ['train_images', { array: 'x', split: 'train' }],
    ['Ytest', { array: 'y', split: 'test' }],
    ['val_labels', { array: 'y', split: 'valid' }],
    ['x_dev', { array: 'x', split: 'valid' }],
    ['images', { array: 'x', split: null }],
    ['arr_0', { array: 'x', split: null }],
    ['weights', null],
    ['training', null],
  ])('of an array: %s', (name, place) => expect(arrayPlace(name)).toEqual(place))
})
