import { describe, expect, it } from 'vitest'
import { readFileSync, statSync } from 'node:fs'
import { understoodLines } from '../../../src/shared/importing'
import { WorkbenchError } from '../../../src/shared/errors'
import type { SourceFile } from '../../../src/shared/datasets'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { exportDataset } from '../../../src/main/datasets/exportDataset'
import { npy, npz } from '../../support/npy'
import { file, none, request, Workspace } from './workspace'

const space = new Workspace()
const folder = new URL('../../fixtures/imports/', import.meta.url)

const source = (name: string): SourceFile => ({ name, content: { path: new URL(name, folder).pathname } })

const imports: [name: string, given: { labels?: string; test?: string; meaning?: object; more?: string[] }][] = [
  ['01-npz-keys/mnist.npz', {}],
  ['01-npz-keys/own-export.npz', {}],
  ['01-npz-keys/images.npz', {}],
  ['01-npz-keys/medmnist.npz', {}],
  ['01-npz-keys/kmnist-train-imgs.npz', { labels: '01-npz-keys/kmnist-train-labels.npz' }],
  ['01-npz-keys/kmnist-train-imgs.npz', { more: ['01-npz-keys/kmnist-train-labels.npz'] }],
  ['02-label-shapes/column_N1.npz', {}],
  ['02-label-shapes/text_labels.npz', {}],
  ['02-label-shapes/x.npy', { labels: '02-label-shapes/y_names.csv' }],
  ['02-label-shapes/x.npy', { labels: '02-label-shapes/y_id.csv' }],
  ['02-label-shapes/x.npy', { labels: '02-label-shapes/y_col.npy' }],
  ['03-idx/emnist-letters-images.gz', { labels: '03-idx/emnist-letters-labels.gz' }],
  ['03-idx/emnist-letters-images.gz', { labels: '03-idx/emnist-letters-labels.gz', meaning: { transpose: true } }],
  ['03-idx/emnist-letters-images.gz', { labels: '03-idx/qmnist-labels', meaning: { transpose: false } }],
  ['04-csv-labels/mnist_train.csv', {}],
  ['04-csv-labels/mnist_train.csv', { meaning: { labelsColumn: 'last' } }],
  ['04-csv-labels/train.csv', {}],
  ['04-csv-labels/test.csv', {}],
  ['05-csv-dialects/data.csv.gz', {}],
  ['05-csv-dialects/savetxt.csv', {}],
  ['05-csv-dialects/semi_comma.csv', {}],
  ['05-csv-dialects/semi_comma_nohead.csv', {}],
  ['05-csv-dialects/tab_comma.tsv', {}],
  ['06-scales/digits_float_016_as_load_digits_gives.npz', {}],
  ['06-scales/digits_int_016.npz', {}],
  ['06-scales/digits_int_016.npz', { meaning: { scale: [0, 16] } }],
  ['06-scales/float32_0255.npz', {}],
  ['06-scales/mnist_ints.csv', {}],
  ['06-scales/mnist_one_half.csv', {}],
  ['06-scales/train_u8.npz', { test: '06-scales/test_f.npz' }],
  ['06-scales/train_f.npz', { test: '06-scales/test_u8.npz' }],
  ['07-axes/Nx1xHxW.npz', {}],
  ['07-axes/NxHxWx1.npz', {}],
  ['07-axes/NxHxWx3.npz', {}],
  ['15-layouts/order', { labels: '15-layouts/order_y.npy' }],
  ['15-layouts/order', { labels: '15-layouts/order_y.npy', meaning: { order: 'plain' } }],
  ['15-layouts/imbalanced.npz', {}],
]

const requestOf = (name: string, { labels, test, meaning, more = [] }: (typeof imports)[number][1]) =>
  request({
    files: [name, ...more].map(source),
    ...(labels === undefined ? {} : { labels: source(labels) }),
    ...(test === undefined ? {} : { testFiles: [source(test)] }),
    ...(meaning === undefined ? {} : { meaning }),
  })

async function statement(name: string, given: (typeof imports)[number][1]): Promise<string> {
  const { labels, test, meaning, more = [] } = given
  const others = { ...(labels === undefined ? {} : { labels }), ...(test === undefined ? {} : { test }), ...meaning }
  const title = [name, ...more, ...Object.entries(others).map(([key, value]) => `${key}=${String(value)}`)].join(' ')
  try {
    const { format, n, shape, understood } = await previewImport(requestOf(name, given))
    const lines = understoodLines(understood).map(({ what, how }) => `  ${what}: ${how}`)
    return [title, `  ${format}: ${n} of ${shape.join('x')}`, ...lines].join('\n')
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error
    return `${title}\n  ${error.code} ${error.where}: ${error.message}. ${error.remedy}`
  }
}

describe('what an import understands', () => {
  it('is said of files as people have them, or both readings are named', async () => {
    const statements: string[] = []
    for (const [name, given] of imports) statements.push(await statement(name, given))
    await expect(`${statements.join('\n\n')}\n`).toMatchFileSnapshot('../../fixtures/imports/understood.txt')
  })

  it.each([
    ['float32_0255.npz', undefined],
    ['mnist_one_half.csv', undefined],
    ['train_u8.npz', undefined],
    ['digits_int_016.npz', [0, 16]],
  ])('%s ends between 0 and 1', async (name, scale) => {
    const asked = request({ files: [source(`06-scales/${name}`)], meaning: { scale }, split: none })
    const { x } = await (await space.open(await importDataset(asked, space.folder))).split('train')
    expect(Math.min(...x)).toBe(0)
    expect(Math.max(...x)).toBe(1)
  })

  it('turns every image where that is said', async () => {
    const of = async (transpose: boolean) => {
      const files = [source('03-idx/emnist-letters-images.gz')]
      const dataset = await importDataset(request({ files, meaning: { transpose }, split: none }), space.folder)
      return (await (await space.open(dataset)).split('train')).x
    }
    const [stored, turned] = [await of(false), await of(true)]
    expect(turned).toEqual(
      stored.map((_, at) => {
        const [image, row, column] = [Math.floor(at / 25), Math.floor(at / 5) % 5, at % 5]
        return stored[25 * image + 5 * column + row]!
      }),
    )
  })

  it('matches labels to images by the names that they give', async () => {
    const files = readNames('15-layouts/order')
    // The number of a row says nothing where the name of the file is there.
    const rows = files.toReversed().map((name, row) => `${row},${name},${name === '7.png' ? 'odd' : 'even'}`)
    const table = ['id,file,label', ...rows]
    const labels = file('y.csv', Buffer.from(`${table.join('\n')}\n`))
    const asked = request({ files: [source('15-layouts/order')], labels, split: none })
    const dataset = await importDataset(asked, space.folder)
    const found = (await (await space.open(dataset)).split('train')).labels!
    expect([...found].map((label) => dataset.classes![label])).toEqual(
      files.map((name) => (name === '7.png' ? 'odd' : 'even')),
    )
    const short = request({ ...asked, labels: file('y.csv', Buffer.from('file,label\n1.png,a\n')) })
    await expect(previewImport(short)).rejects.toMatchObject({ code: 'LABELS_ORDER' })
    const twice = request({ ...asked, labels: file('y.csv', Buffer.from(`${table.join('\n')}\n12,7.png,even\n`)) })
    await expect(previewImport(twice)).rejects.toMatchObject({ code: 'LABELS_ORDER', message: '7.png has two labels' })
    const two = 'file,class,category\n1.png,a,b\n'
    await expect(previewImport(request({ ...asked, labels: file('y.csv', Buffer.from(two)) }))).rejects.toMatchObject({
      code: 'CSV_HEADER',
      message: 'Several columns are called like a label: class, category',
    })
  })

  it('reads its own export as it was: splits, shape, names of classes', async () => {
    const x = npy(
      '|u1',
      [40, 2, 6],
      Uint8Array.from({ length: 480 }, (_, i) => (i * 7) % 256),
    )
    const y = npy('|S4', [40], Buffer.from('widetall'.repeat(20)))
    const first = await importDataset(request({ files: [file('x.npz', npz({ x, y }))] }), space.folder)
    const bytes = await exportDataset(space.path(first))
    const again = await importDataset(request({ files: [file('own.npz', bytes)] }), space.folder)
    expect(again).toMatchObject({ shape: [2, 6], classes: ['tall', 'wide'], n: first.n })
    for (const split of ['train', 'valid', 'test'] as const) {
      expect(await (await space.open(again)).split(split)).toEqual(await (await space.open(first)).split(split))
    }
    const pairs = await importDataset(request({ files: [file('p.npz', npz({ x, y: x }))] }), space.folder)
    const own = file('own.npz', await exportDataset(space.path(pairs)))
    expect(await importDataset(request({ files: [own] }), space.folder)).toMatchObject({
      kind: 'pairs',
      targetShape: [2, 6],
      n: pairs.n,
    })
  })

  it('refuses a class that only the test folder has', async () => {
    const image = readFileSync(new URL('15-layouts/order/1.png', folder))
    const at = (...names: string[]) => names.map((name) => file(`set/${name}/1.png`, image))
    const asked = request({ files: at('a', 'b'), testFiles: at('a', 'c'), split: { valid: 0 } })
    await expect(previewImport(asked)).rejects.toMatchObject({ code: 'CLASS_EMPTY' })
    const fewer = request({ files: at('a', 'b', 'c'), testFiles: at('b', 'c'), split: { valid: 0 } })
    const { classes, understood } = await previewImport(fewer)
    expect({ classes, notices: understood.notices }).toEqual({
      classes: ['a', 'b', 'c'],
      notices: ['No test image of class a.'],
    })
  })

  it('tells numbers whose squares are beyond float32, and where', async () => {
    const x = npy('<f4', [2, 4], new Uint8Array(Float32Array.of(0, 1, 0.5, 0, 0, 1e20, 1e20, 1).buffer))
    const { understood } = await previewImport(request({ files: [file('x.npy', x)], split: none }))
    expect(understood.notices).toEqual([
      expect.stringContaining(
        'x.npy: 100000002004087730000 in row 1, column 1 and 1 more: its square is beyond float32',
      ),
    ])
  })

  it('tells the files of the four-file sets apart by their names', async () => {
    const images = npy(
      '|u1',
      [4, 2, 2],
      Uint8Array.from({ length: 16 }, (_, i) => 17 * i),
    )
    const labels = npy('|u1', [4], Uint8Array.of(0, 1, 0, 1))
    const files = ['train-images', 't10k-images'].map((name) => file(`${name}.npy`, images))
    files.push(...['train-labels', 't10k-labels'].map((name) => file(`${name}.npy`, labels)))
    const { splits, ownSplits } = await previewImport(request({ files, split: { valid: 0 } }))
    expect({ splits, ownSplits }).toEqual({ splits: { train: 4, valid: 0, test: 4 }, ownSplits: ['test'] })
  })
})

const readNames = (name: string): string[] => {
  const path = new URL(`${name}/`, folder)
  expect(statSync(path).isDirectory()).toBe(true)
  return Array.from({ length: 12 }, (_, i) => `${i + 1}.png`).filter(
    (image) => readFileSync(new URL(image, path)).length > 0,
  )
}
