import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { sortRows } from '../../../../src/renderer/src/components/grid/column'
import { batchColumns } from '../../../../src/renderer/src/views/PairLab/batch/batchColumns'
import { batchCsv } from '../../../../src/renderer/src/views/PairLab/batch/batchTables'
import { sortGiven } from '../../../../src/renderer/src/views/PairLab/batch/pairFiles'
import type { BatchRow } from '../../../../src/renderer/src/views/PairLab/batch/useBatchScores'
import { invertReason } from '../../../../src/renderer/src/views/PairLab/brightness'
import { formatView, parseView } from '../../../../src/renderer/src/views/PairLab/viewQuery'
import type { RunSummary } from '../../../../src/shared/runs'
import { defaultViewOptions } from '../../../../src/shared/views'

const file = (path: string, content = ''): File => {
  const made = new File([content], path.split('/').at(-1)!)
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' })
  return made
}
const given = (...paths: string[]) => paths.map((path) => file(path))
/** "a_x.png", or "a_x.png!" where the image is refused. */
const words = (image: { name: string } | null) =>
  image === null ? null : 'error' in image ? `${image.name}!` : image.name
async function listOf(files: File[], pairs = true) {
  const found = await sortGiven(files, pairs)
  if (found?.kind !== 'list') throw new Error('no list')
  return { name: found.name, rows: found.pairs.map(({ x, y }) => [words(x), words(y)]) }
}

describe('given files', () => {
  it('are x and y in their order, unless their names tell the sides', async () => {
    const [a, b] = given('first.png', 'second.png')
    expect(await sortGiven([a!, b!], true)).toEqual({ kind: 'pair', x: a, y: b })
    const [y, x] = given('a_y.png', 'a_x.png')
    expect(await sortGiven([y!, x!], true)).toEqual({ kind: 'pair', x, y })
    expect(await sortGiven([a!], true)).toEqual({ kind: 'pair', x: a, y: null })
    expect(await sortGiven([file('.DS_Store')], true)).toBeNull()
  })

  it('are pairs by their names, a lonely or unnamed one told in its row', async () => {
    const files = given(
      'f/p10_x.png',
      'f/p2_Y.tif',
      'f/p2_x.png',
      'f/p10_y.png',
      'f/solo_x.png',
      'f/Thumbs.db',
      'f/z.png',
    )
    expect(await listOf(files)).toEqual({
      name: 'f',
      rows: [
        ['f/p2_x.png', 'f/p2_Y.tif'],
        ['f/p10_x.png', 'f/p10_y.png'],
        ['f/solo_x.png', 'f/solo_y!'],
        ['f/z.png', 'f/z.png!'],
      ],
    })
  })

  it('are each a row for models of one image', async () => {
    expect((await listOf(given('b_x.png', 'a.png', 'b_y.png'), false)).rows).toEqual([
      ['a.png', null],
      ['b_x.png', null],
      ['b_y.png', null],
    ])
  })

  it('are paired by a list along with them: by path, by a name that only one has, else refused', async () => {
    const csv = '\uFEFFX , y\r\nf/a.png,"b.png"\r\n\r\n./g/a.png,a.png\r\nb.png,\r\nnone.png,b.png\r\n'
    const list = await listOf([file('pairs.csv', csv), ...given('f/a.png', 'g/a.png', 'g/b.png')])
    expect(list).toEqual({
      name: 'pairs.csv',
      rows: [
        ['f/a.png', 'b.png'],
        ['./g/a.png', 'a.png!'],
        ['b.png!', '!'],
        ['none.png!', 'b.png'],
      ],
    })
    const found = await sortGiven([file('pairs.csv', csv), ...given('g/b.png')], true)
    if (found?.kind !== 'list') throw new Error('no list')
    expect(found.pairs[2]!.x).toMatchObject({ error: { code: 'PAIR_ROW', where: 'pairs.csv, line 5' } })
  })

  it('are paired by lists of other forms, a text among them', async () => {
    const images = given('img/a.png', 'img/sub/d.PNG')
    for (const [name, text] of [
      ['list.txt', 'img\\a.png img\\sub\\d.png'],
      ['list.tsv', 'left\tright\na.png\td.png'],
      ['list.csv', 'image1;image2\r\n"a.png";"d.png"'],
    ] as const) {
      const found = await sortGiven([file(name, text), ...images], true)
      if (found?.kind !== 'list') throw new Error('no list')
      expect(
        found.pairs.map(({ x, y }) => [x, y].map((image) => image !== null && 'file' in image && image.file)),
      ).toEqual([images])
    }
    expect((await listOf([file('note.txt', 'My images.'), ...given('b_x.png', 'b_y.png')])).name).toBe('3 files')
    expect((await listOf([file('one.csv', 'a.png\n'), ...images])).rows).toEqual([['a.png!', '!']])
    expect((await listOf([file('one.csv', 'a.png\n'), ...images], false)).rows).toEqual([['a.png', null]])
  })

  it.each([
    ['of numbers', 'a,b\n1,2\n', 'LIST_COLUMNS'],
    ['of a header only', 'x,y\n', 'LIST_EMPTY'],
    ['of unknown columns', 'now,then\na.png,b.png\n', 'LIST_HEADER'],
  ])('with a list %s are refused', async (_, content, code) => {
    await expect(sortGiven([file('pairs.csv', content)], true)).rejects.toMatchObject({ code })
  })
})

const score = (row: number, gain: number | null): BatchRow => ({
  row,
  pair: { x: { name: `${row}_x.png`, sha256: 'a'.repeat(64) }, y: { name: `${row}_y.png`, sha256: 'b'.repeat(64) } },
  score: {
    row,
    energy: { yGivenX: row / 3, xGivenY: 1, conditional: null, diagonal: null },
    reconstructionError: { y: 0.1, x: 0.2 },
    gain,
    predicted: null,
    posterior: null,
    recipe: { x: ['grey 13x13', '[0,1]'], y: ['RGB 2x2', 'luma Rec. 601', '[0,1]'] },
    thumbnails: { x: { shape: [1, 1], pixels: new Uint8Array(1) }, y: null },
  },
  error: null,
})
const refused: BatchRow = {
  ...score(3, null),
  score: null,
  error: { code: 'IMAGE_UNREADABLE', message: 'The file is empty', where: '3_x.png', remedy: 'Choose another.' },
}

describe('rows of a list', () => {
  it('are ranked by a column; rows without a value come last, in either direction', () => {
    const columns = batchColumns({ kind: 'gae', classes: null }, false)
    const gain = columns.find(({ key }) => key === 'gain')!
    const rows = [score(0, 1), score(1, null), score(2, 5), refused, score(4, 5)]
    const order = (descending: boolean) => sortRows(rows, gain, descending).map(({ row }) => row)
    expect(order(true)).toEqual([2, 4, 0, 1, 3])
    expect(order(false)).toEqual([0, 2, 4, 1, 3])
  })

  it('have no energies of a classifier without a class: those of different models do not compare', () => {
    const ids = (withClass: boolean) =>
      batchColumns({ kind: 'mcae', classes: ['a', 'b'] }, withClass).map(({ key }) => key)
    expect(ids(false)).toEqual(['row', 'seen', 'name', 'predicted', 'posterior'])
    expect(ids(true)).toContain('conditional')
    expect(ids(true)).toContain('gain')
  })

  it('have their reason in place of all numbers', () => {
    const whole = batchColumns({ kind: 'gae', classes: null }, false).filter(({ whole }) => whole?.(refused))
    expect(whole.map(({ key }) => key)).toEqual(['gain', 'yGivenX', 'xGivenY', 'errorY', 'errorX'])
    expect(whole.some(({ whole: of }) => of!(score(0, 1)))).toBe(false)
  })

  it('are a table with run, seed, dataset hash, recipes, and reasons', () => {
    const run = { id: 'r1', name: 'shifts-1', seed: 4, dataset: 'shifts' } as RunSummary
    const info = { name: 'list', kind: 'gae' as const, classes: null, datasetHash: 'd'.repeat(64) }
    const csv = batchCsv(run, info, null, [score(1, -2.5), refused])
    const [first, second] = parse(csv, { columns: true }) as Record<string, string>[]
    expect(first).toMatchObject({ run: 'r1', seed: '4', dataset_sha256: 'd'.repeat(64), gain: '-2.5' })
    expect(Number(first!.energy_y_given_x)).toBe(1 / 3)
    expect(first!.x_recipe).toBe('grey 13x13 > [0,1]')
    expect(second).toMatchObject({
      pair: '3',
      energy_y_given_x: '',
      error: '3_x.png: The file is empty. Choose another. [IMAGE_UNREADABLE]',
    })
  })
})

describe('how an image is looked at', () => {
  it('is in the route where it is not as by default', () => {
    expect(formatView(defaultViewOptions)).toBeNull()
    const view = { ...defaultViewOptions, channel: 'blue' as const, frame: 'fit' as const, invert: true }
    expect(formatView(view)).toBe('blue,fit,inverted')
    expect(parseView('blue,fit,inverted')).toEqual(view)
    expect(parseView('constructor,nothing')).toEqual(defaultViewOptions)
  })

  it('offers the inverse only of an image that is far from the training images and nearer inverted', () => {
    const even = (value: number) => ({ pixels: new Float32Array(4).fill(value) })
    const training = { mean: 0.1, std: 0.05, n: 100 }
    expect(invertReason(even(0.9), training)).toBe('Mean 0.90; training images 0.10 ± 0.050.')
    expect(invertReason(even(0.25), training)).toBeNull()
    expect(invertReason(even(0.45), training)).toBeNull()
    expect(invertReason(even(0.9), null)).toBeNull()
    expect(invertReason(even(0.9), { mean: 0.5, std: 0.01, n: 9 })).toBeNull()
  })
})
