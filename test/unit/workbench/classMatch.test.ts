import { expect, it } from 'vitest'
import { matchClasses } from '../../../src/main/workbench/classMatch'

const match = (model: string[] | null, set: string[], count = model?.length ?? 3) =>
  matchClasses(model, count, set, 'the set')

it('classes are matched by their names, in whatever order, and some may be missing', () => {
  expect(match(['cat', 'ant', 'bee'], ['ant', 'bee', 'cat'])).toEqual({ matched: 'by name', map: [1, 2, 0] })
  expect(match(['0', '1', '2', '7'], ['1', '7'])).toEqual({ matched: 'by name', map: [1, 3] })
})

it('where one side only counts its classes they are matched by position, and that is said', () => {
  const byPosition = { matched: 'by position', map: [0, 1, 2] }
  expect(match(['ant', 'bee', 'cat'], ['0', '1', '2'])).toEqual(byPosition)
  expect(match(['class_0', 'class_1', 'class_2'], ['ant', 'bee', 'cat'])).toEqual(byPosition)
  expect(match(null, ['ant', 'bee', 'cat'])).toEqual(byPosition)
})

it('unlike names are refused, and both lists are named', () => {
  expect(() => match(['ant', 'bee', 'cat'], ['ant', 'bee', 'dog'])).toThrow(/ant, bee, cat.*ant, bee, dog/)
  // 10 may stand for 0: two sides that both count are no better than names.
  expect(() => match(['0', '1', '2'], ['1', '2', '3'])).toThrow(/0, 1, 2.*1, 2, 3/)
  expect(() => match(['ant', 'bee', 'cat'], ['0', '1'])).toThrow(/ant, bee, cat.*0, 1/)
})
