import { bytes, text, type Hostile } from './hostile'

/** So many values of an example, and its label. */
const row = (values: number, label: number | string = 0, stream = 1): string[] => [
  ...Array.from(bytes(values, stream), (value) => (value / 256).toFixed(4)),
  String(label),
]
const rows = Array.from({ length: 6 }, (_, index) => row(16, index % 3, index))

/** The rows with some cells of one of them replaced. */
const withCells = (index: number, from: number, ...cells: string[]): string[][] =>
  rows.map((cellsOf, position) => (position === index ? cellsOf.toSpliced(from, cells.length, ...cells) : cellsOf))

const amat = (what: string, content: string | string[][], code: string, place = ''): Hostile => ({
  reader: 'amat',
  what,
  files: {
    'set.amat': text(typeof content === 'string' ? content : content.map((cells) => `${cells.join(' ')}\n`).join('')),
  },
  code,
  where: `set.amat${place}`,
})

const asCsv = (content: readonly (readonly string[])[]): string =>
  content.map((cells) => `${cells.join(',')}\r\n`).join('')

const csv = (
  what: string,
  content: string | string[][] | Uint8Array,
  code: string,
  place = '',
  meaning?: object,
): Hostile => ({
  reader: 'CSV',
  what,
  files: {
    'set.csv': content instanceof Uint8Array ? content : text(typeof content === 'string' ? content : asCsv(content)),
  },
  code,
  where: `set.csv${place}`,
  ...(meaning === undefined ? {} : { options: { meaning } }),
})

/** 0, 1, 0, 1, ... first and 0, 1, 1, 0, ... last. */
const outer = Array.from({ length: 8 }, (_, i) => [String(i % 2), '0.5', '0.25', '1', String((i >> 1) % 2)])
const header = [...Array.from({ length: 16 }, (_, i) => `pixel${i}`), 'label']

export const amatFiles: readonly Hostile[] = [
  amat('no bytes', '', 'FILE_EMPTY'),
  amat('blank lines alone', '\n\n  \n', 'NO_EXAMPLES'),
  amat('comments alone', '# nothing\n#: here\n', 'NO_EXAMPLES'),
  amat(
    'a missing value',
    rows.map((cells, index) => (index === 3 ? cells.slice(1) : cells)),
    'AMAT_ROW',
    ', line 4',
  ),
  amat(
    'a value too many',
    rows.map((cells, index) => (index === 5 ? [...cells, '0'] : cells)),
    'AMAT_ROW',
    ', line 6',
  ),
  amat(
    'a file cut in a row',
    rows
      .map((cells) => cells.join(' '))
      .join('\n')
      .slice(0, -30),
    'AMAT_ROW',
    ', line 6',
  ),
  amat('NaN', withCells(2, 4, 'nan'), 'NOT_FINITE', ', line 3, column 5'),
  amat('infinity', withCells(0, 0, '-Infinity'), 'NOT_FINITE', ', line 1, column 1'),
  amat('a number that float32 cannot hold', withCells(1, 15, '1e39'), 'NOT_FINITE', ', line 2, column 16'),
  amat('a word', withCells(1, 7, 'seven'), 'AMAT_VALUE', ', line 2, column 8'),
  amat('a hexadecimal number', withCells(1, 7, '0x10'), 'AMAT_VALUE', ', line 2, column 8'),
  amat('decimal commas', withCells(4, 0, '0,5'), 'AMAT_VALUE', ', line 5, column 1'),
  amat('a label between classes', withCells(4, 16, '1.5'), 'AMAT_LABEL', ', line 5, column 17'),
  amat('a label that is a word', withCells(4, 16, 'wide'), 'AMAT_LABEL', ', line 5, column 17'),
  amat('a zero byte', withCells(5, 3, '0.\0'), 'AMAT_VALUE', ', line 6, column 4'),
  amat('a line of nine million characters', `${'0.5 '.repeat(2_300_000)}1\n`, 'LINE_TOO_LONG', ', line 1'),
  amat(
    'rows that are no square',
    rows.map((cells) => cells.slice(2)),
    'SHAPE_NEEDED',
  ),
  amat('four billion rows', `#size: 4000000000 17\n${rows.map((cells) => cells.join(' ')).join('\n')}\n`, 'AMAT_ROWS'),
  amat('rows of four billion values', `#size: 6 4000000000\n${rows[0]!.join(' ')}\n`, 'AMAT_ROW', ', line 2'),
  amat(
    'two thousand labels',
    Array.from({ length: 2000 }, (_, index) => row(4, index)),
    'LABELS_MANY',
  ),
  {
    reader: 'amat',
    what: 'a test file of shorter rows',
    files: {
      'train.amat': text(rows.map((cells) => cells.join(' ')).join('\n')),
      'test.amat': text(`${row(9, 1).join(' ')}\n`),
    },
    test: 'test.amat',
    code: 'TEST_MISMATCH',
    where: 'test.amat',
  },
  {
    reader: 'amat',
    what: 'a class that only the test file has',
    files: {
      'train.amat': text(rows.map((cells) => cells.join(' ')).join('\n')),
      'test.amat': text(`${row(16, 9).join(' ')}\n`),
    },
    test: 'test.amat',
    code: 'CLASS_EMPTY',
    where: 'train.amat',
  },
]

export const csvFiles: readonly Hostile[] = [
  csv('outer columns that can both be the label', outer, 'AMBIGUOUS'),
  csv('a column of labels that is not there', [header, ...rows], 'LABELS_COLUMN', ', line 1', { labelsColumn: 'sort' }),
  csv('names of classes among numbers', [header, ...withCells(2, 16, 'wide')], 'CSV_LABEL', ', line 4, column 17'),
  csv(
    'no label where one has to be',
    rows.map((cells) => cells.slice(0, 16)),
    'CSV_LABEL',
    '',
    { kind: 'labelled' },
  ),
  csv(
    'numbers that are not between 0 and 1',
    [
      ['p', 'q', 'r', 's'],
      ['0', '9', '200', '0'],
    ],
    'SCALE_RANGE',
    '',
    { scale: 'unit' },
  ),
  csv(
    'classes that are no labels',
    [
      ['label', '0', '1'],
      ['0', '9', '200'],
    ],
    'SHAPE_NEEDED',
  ),
  csv('no bytes', '', 'FILE_EMPTY'),
  csv('blank lines alone', '\r\n\r\n', 'NO_EXAMPLES'),
  csv('a header alone', [header], 'NO_EXAMPLES'),
  csv(
    'a missing cell',
    [header, ...rows.map((cells, index) => (index === 3 ? cells.slice(1) : cells))],
    'CSV_ROW',
    ', line 5',
  ),
  csv(
    'a cell too many',
    rows.map((cells, index) => (index === 3 ? [...cells, '0'] : cells)),
    'CSV_ROW',
    ', line 4',
  ),
  csv('a missing value', withCells(2, 5, ''), 'CSV_VALUE', ', line 3, column 6'),
  csv('a blank instead of a value', withCells(2, 5, '  '), 'CSV_VALUE', ', line 3, column 6'),
  csv('a word', [header, ...withCells(5, 5, 'white')], 'CSV_VALUE', ', line 7, column 6'),
  csv('a word in the first line of numbers', withCells(0, 5, 'white'), 'CSV_VALUE', ', line 1, column 6'),
  csv('NaN', [header, ...withCells(1, 1, 'NaN')], 'NOT_FINITE', ', line 3, column 2'),
  csv('infinity in the first line', withCells(0, 2, 'inf'), 'NOT_FINITE', ', line 1, column 3'),
  csv('a label that is no class', [header, ...withCells(1, 16, '0.25')], 'CSV_LABEL', ', line 3, column 17'),
  csv('a label that is missing', [header, ...withCells(1, 16, '')], 'CSV_LABEL', ', line 3, column 17'),
  csv('two columns of labels', [header.with(0, 'class'), ...rows], 'CSV_HEADER', ', line 1'),
  csv(
    "pandas's row numbers",
    [['', ...header], ...rows.map((cells, index) => [String(index), ...cells])],
    'CSV_HEADER',
    ', line 1',
  ),
  csv('a quote that is never closed', [header, ...withCells(3, 2, '"0.5')], 'CSV_DAMAGED', ', line 5'),
  csv('a quote within a cell', [header, ...withCells(3, 2, '0.5"')], 'CSV_DAMAGED', ', line 5'),
  csv('characters after a quote', [header, ...withCells(3, 2, '"0.5"5')], 'CSV_DAMAGED', ', line 5'),
  csv('ten million characters in quotes', `0,0,0,0,"${'1\n'.repeat(5_000_000)}`, 'LINE_TOO_LONG', ', line 1'),
  csv('a line of nine million commas', `1${','.repeat(9_000_000)}\n`, 'LINE_TOO_LONG', ', line 1'),
  csv('UTF-16', new Uint8Array(Buffer.from(`\ufeff${asCsv(rows)}`, 'utf16le')), 'FORMAT_UNKNOWN'),
  csv(
    'an example of no square',
    rows.map((cells) => cells.slice(3)),
    'SHAPE_NEEDED',
  ),
]
