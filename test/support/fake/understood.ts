import type { Understood } from '../../../src/shared/importing'

/** What an import is said to be, whatever the file. */
export const understood: Understood = {
  kind: 'images',
  labels: {
    from: 'the IDX file',
    classes: [
      { name: '0', n: 600 },
      { name: '1', n: 400 },
    ],
  },
  scale: [{ file: 'long.idx', zero: 0, one: 255 }],
  orientation: '28 rows of 28, row by row as stored',
  order: null,
  splits: 'validation and test drawn with seed 1, each class in its share (stratified)',
  skipped: [],
  notices: [],
}
