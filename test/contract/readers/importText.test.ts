import { describe, expect, it } from 'vitest'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { file, none, request, Workspace } from './workspace'

const space = new Workspace()
const textFile = (name: string, text: string) => file(name, new Uint8Array(Buffer.from(text)))

const readTrain = async (given: object) => {
  const dataset = await importDataset(request({ split: none, ...given }), space.folder)
  return { dataset, train: await (await space.open(dataset)).split('train') }
}

describe('import of .amat files', () => {
  it('reads an example a line, its label last', async () => {
    const rows = ['0.25 0.5 0 1.0e+00 2', '  0 1e-3\t0.75 -0.5   0.0000000e+00  ', '1 1 1 1 1.0']
    const { dataset, train } = await readTrain({ files: [textFile('set.amat', `${rows.join('\r\n')}\r\n`)] })
    expect(dataset).toMatchObject({ kind: 'images', shape: [2, 2], classes: ['0', '1', '2'] })
    expect(dataset.recipe).toMatchObject({ format: 'amat', options: { label: 'last value' } })
    expect(train.x).toEqual(Float32Array.of(0.25, 0.5, 0, 1, 0, 1e-3, 0.75, -0.5, 1, 1, 1, 1))
    expect(train.labels).toEqual(Int32Array.of(2, 0, 1))
  })

  it('takes the published test file whole, in its order', async () => {
    const line = (value: number, label: number) => `${value} 0 0 0 ${label}\n`
    const train = Array.from({ length: 20 }, (_, i) => line(i / 32, i % 2)).join('')
    const test = Array.from({ length: 7 }, (_, i) => line(0.5 + i / 32, 1)).join('')
    const dataset = await importDataset(
      request({
        files: [textFile('train.amat', train)],
        testFiles: [textFile('test.amat', test)],
        split: { valid: 4 },
      }),
      space.folder,
    )
    expect(dataset.n).toEqual({ train: 16, valid: 4, test: 7 })
    const rows = await (await space.open(dataset)).split('test')
    expect(Array.from({ length: 7 }, (_, i) => rows.x[4 * i])).toEqual(
      Array.from({ length: 7 }, (_, i) => 0.5 + i / 32),
    )
  })

  describe('beside its test file', () => {
    const published = (n: number, offset = 0) =>
      textFile('set.amat', Array.from({ length: n }, (_, i) => `${i + offset} 0.5 0 0 ${i % 2}\n`).join(''))
    const imported = async (split: object) => {
      const given = { files: [published(20)], testFiles: [published(6, 100)], split }
      const dataset = await importDataset(request(given), space.folder)
      const { x } = await (await space.open(dataset)).split('valid')
      return { recipe: dataset.recipe, valid: Array.from({ length: x.length / 4 }, (_, row) => x[4 * row]) }
    }

    it('has its last rows as the validation split, as published; the recipe says so', async () => {
      const { recipe, valid } = await imported({ valid: 4 })
      expect(valid).toEqual([16, 17, 18, 19])
      expect(recipe).toMatchObject({ seed: null, options: { validationRows: 'last' } })
    })

    it.each([[{ valid: 4, seed: 1 }], [{ validFraction: 0.2 }], [{}]])('is drawn from with %j', async (split) => {
      const { recipe, valid } = await imported(split)
      expect(valid).toHaveLength('valid' in split || 'validFraction' in split ? 4 : 2)
      expect(valid).not.toEqual([16, 17, 18, 19].slice(-valid.length))
      expect(recipe).toMatchObject({ seed: 1, options: { validationRows: 'drawn' } })
    })
  })

  it('reads comments, and takes the size in them at its word', async () => {
    const { dataset } = await readTrain({ files: [textFile('set.amat', '#size: 2 5\n#: note\n0 0 0 1 0\n1 1 1 1 1')] })
    expect(dataset.n.train).toBe(2)
  })

  it("is known by PLearn's comment, whatever its name", async () => {
    expect(
      (await previewImport(request({ files: [textFile('set', '#size: 2 5\n0 1 0.5 0 1\n1 1 1 1 0\n')] }))).format,
    ).toBe('amat')
  })

  it('has no label of its own where labels come apart', async () => {
    const { dataset, train } = await readTrain({
      files: [textFile('x.amat', '0 1 0.5 0\n1 1 1 1\n')],
      labels: textFile('y.txt', '7\n3\n'),
    })
    expect(dataset.classes).toEqual(['3', '7'])
    expect(train.labels).toEqual(Int32Array.of(1, 0))
    expect(train.x).toEqual(Float32Array.of(0, 1, 0.5, 0, 1, 1, 1, 1))
  })

  it('reads rows that go over the blocks of reading', async () => {
    const n = 3000
    const value = (i: number, j: number) => ((i * 131 + j * 17) % 1000) / 1000
    const lines = Array.from({ length: n }, (_, i) => {
      const values = Array.from({ length: 64 }, (_, j) => value(i, j).toFixed(3))
      return `${values.join(' ')} ${i % 3}\n`
    })
    const { train } = await readTrain({ files: [textFile('set.amat', lines.join(''))] })
    expect(train.x).toEqual(Float32Array.from({ length: n * 64 }, (_, at) => value(Math.floor(at / 64), at % 64)))
  })
})

describe('import of CSV files', () => {
  const plain = '0,255,17,3,1\n1,2,3,4,0\n'
  const last = { labelsColumn: 'last' }

  it('reads rows without a header: the label is the column that is said', async () => {
    const { dataset, train } = await readTrain({ files: [textFile('set.csv', plain)], meaning: last })
    expect(dataset).toMatchObject({ shape: [2, 2], classes: ['0', '1'] })
    expect(dataset.recipe).toMatchObject({
      format: 'CSV',
      options: { header: false, label: 'last column' },
    })
    expect(train.x).toEqual(Float32Array.from([0, 255, 17, 3, 1, 2, 3, 4], (value) => value / 255))
    expect(train.labels).toEqual(Int32Array.of(1, 0))
  })

  it.each([
    ['a byte order mark and CRLF', `\ufeff${plain.replaceAll('\n', '\r\n')}`],
    ['no end of the last line', plain.trimEnd()],
    ['quotes', '"0","255","17","3","1"\r\n"1","2","3","4","0"'],
    ['quotes in a later line', '0,255,17,3,1\n1,"2",3,4,"0"\n'],
    ['semicolons', plain.replaceAll(',', ';')],
    ['tabs', plain.replaceAll(',', '\t')],
    ['spaces around', plain.replaceAll(',', ' , ')],
    ['blank lines at the end', `${plain}\n\n`],
    ['a header', `a,b,c,d,Label\n${plain}`],
    ['a header in quotes, with a comma', `"a","b, left",c,d,"class"\n${plain}`],
    ['a header of words without a label', `oben,unten,größer,kleiner,Sorte\n${plain}`],
    ['a header of numbered columns', `0,1,2,3,4\n${plain}`],
  ])('reads %s', async (_, text) => {
    const bare = await readTrain({ files: [textFile('set.csv', plain)], meaning: last })
    const { train } = await readTrain({ files: [textFile('set.csv', text)], meaning: last })
    expect(train).toEqual(bare.train)
  })

  it('finds the label by the name of its column, and says so in the recipe', async () => {
    const text = 'label,pixel0,pixel1,pixel2,pixel3\n4,0,1,2,3\n9,4,5,6,255\n'
    const { dataset, train } = await readTrain({ files: [textFile('set.csv', text)] })
    expect(dataset.classes).toEqual(['4', '9'])
    expect(dataset.recipe).toMatchObject({ options: { header: true, label: 'column label' } })
    expect(train.x).toEqual(Float32Array.from([0, 1, 2, 3, 4, 5, 6, 255], (value) => value / 255))
  })

  it('takes a label of its name first, and a last column that is no label as pixels', async () => {
    const { train } = await readTrain({ files: [textFile('set.csv', 'a,y,b,c,d\n1,5,2,3,255\n')] })
    expect(train.x).toEqual(Float32Array.from([1, 2, 3, 255], (value) => value / 255))
  })

  it('is known by its first lines, whatever its name', async () => {
    expect((await previewImport(request({ files: [textFile('set.data', plain)], meaning: last }))).format).toBe('CSV')
  })
})
