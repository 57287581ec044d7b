import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../../src/shared/datasets'
import { openDatasetFile } from '../../../src/main/datasets/datasetFile'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { grey, png } from '../../support/pngFile'
import { file, none, request, Workspace } from './workspace'

const space = new Workspace()
const image = (value: number): Uint8Array => png(2, 1, grey, [value, value])
const inSource = (name: string): string => join(space.folder, 'source', name)
const at = (name: string): SourceFile => ({ name, content: { path: inSource(name) } })

function onDisk(files: Record<string, Uint8Array>): void {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(inSource(name)), { recursive: true })
    writeFileSync(inSource(name), bytes)
  }
}

/** Classes, then "split class value" of every image. */
async function imported(given: object) {
  const store = join(space.folder, 'store')
  const dataset = await importDataset(request({ split: none, ...given }), store)
  const stored = await openDatasetFile(join(store, `${dataset.hash}.safetensors`))
  const rows: string[] = []
  for (const split of ['train', 'valid', 'test'] as const) {
    const { x, labels, n } = await stored.split(split)
    for (let row = 0; row < n; row++) {
      const name = labels === null ? '-' : dataset.classes![labels[row]!]
      rows.push(`${split} ${name} ${Math.round(x[2 * row]! * 255)}`)
    }
  }
  return { classes: dataset.classes, rows }
}
const skippedOf = async (name: string) => (await previewImport(request({ files: [at(name)] }))).understood.skipped

describe('a folder of images', () => {
  it('leaves out what systems leave there and what is no image, and says so', async () => {
    const more = ['.DS_Store', 'cat/Thumbs.db', 'cat/ehthumbs.db', 'dog/desktop.ini', 'dog/._2.png', '__MACOSX/._cat']
    const notes = ['README.md', 'LICENSE', 'dog/notes.txt', 'cat/meta.json', 'classes.csv', 'empty']
    onDisk({ 'set/cat/1.png': image(1), 'set/dog/2.png': image(2) })
    for (const name of [...more, '@eaDir/1.png']) onDisk({ [`set/${name}`]: Buffer.from('x') })
    for (const name of notes) onDisk({ [`set/${name}`]: Buffer.from(name === 'empty' ? '' : 'text') })
    expect(await imported({ files: [at('set')] })).toEqual({
      classes: ['cat', 'dog'],
      rows: ['train cat 1', 'train dog 2'],
    })
    expect(await skippedOf('set')).toEqual([
      { what: expect.stringContaining('__MACOSX'), why: 'left by a system', n: 7 },
      { what: expect.stringMatching(/and 3 others$/), why: 'no image', n: 6 },
    ])
  })

  it('does the same with dropped files', async () => {
    const files = [
      'set/cat/1.png',
      'set/dog/2.png',
      'set/__MACOSX/cat/._1.png',
      'set/README.md',
      'set/cat/.DS_Store',
    ].map((name, index) => file(name, name.endsWith('.png') ? image(index) : Buffer.from('text')))
    expect((await imported({ files })).rows).toEqual(['train cat 0', 'train dog 1'])
  })

  it('reads folders called train, val and test as splits, of classes or of images', async () => {
    onDisk({
      'set/Train/a/1.png': image(1),
      'set/Train/b/1.png': image(2),
      'set/Train/b/2.png': image(3),
      'set/val/b/1.png': image(4),
      'set/test/a/1.png': image(5),
      'flat/train/1.png': image(6),
      'flat/test/1.png': image(7),
    })
    expect(await imported({ files: [at('set')], split: {} })).toEqual({
      classes: ['a', 'b'],
      rows: ['train a 1', 'train b 2', 'train b 3', 'valid b 4', 'test a 5'],
    })
    expect(await imported({ files: [at('flat')], split: { valid: 0 } })).toEqual({
      classes: null,
      rows: ['train - 6', 'test - 7'],
    })
    const dropped = ['train/a/1.png', 'test/a/1.png'].map((name, index) => file(`set/${name}`, image(index)))
    expect((await imported({ files: dropped, split: { valid: 0 } })).rows).toEqual(['train a 0', 'test a 1'])
  })

  it("reads ImageNet's tree, and one with a folder around it", async () => {
    onDisk({
      'net/ILSVRC/Data/train/n01440764/n01440764_10.JPEG': image(2),
      'net/ILSVRC/Data/train/n01440764/n01440764_9.JPEG': image(1),
      'net/ILSVRC/Data/train/n01443537/n01443537_1.JPEG': image(3),
      'net/ILSVRC/Data/val/n01443537/val_1.JPEG': image(4),
      'around/set/cat/1.png': image(5),
      'around/set/dog/1.png': image(6),
    })
    expect(await imported({ files: [at('net')], split: { test: 0 } })).toEqual({
      classes: ['n01440764', 'n01443537'],
      rows: ['train n01440764 1', 'train n01440764 2', 'train n01443537 3', 'valid n01443537 4'],
    })
    expect((await imported({ files: [at('around')] })).classes).toEqual(['cat', 'dog'])
  })

  it('keeps a class that is called like a split beside others', async () => {
    onDisk({ 'set/test/1.png': image(1), 'set/cat/1.png': image(2) })
    expect((await imported({ files: [at('set')] })).classes).toEqual(['cat', 'test'])
  })

  it('follows links within it, and names those that leave it or go in a circle', async () => {
    onDisk({ 'set/a/1.png': image(1), 'other/9.png': image(9), 'set/b/2.png': image(2) })
    symlinkSync(inSource('set/a/1.png'), inSource('set/b/1.png'))
    symlinkSync(inSource('other/9.png'), inSource('set/a/9.png'))
    symlinkSync(inSource('other'), inSource('set/c'))
    symlinkSync(inSource('set'), inSource('set/a/again'))
    symlinkSync(inSource('set/b/self.png'), inSource('set/b/self.png'))
    expect((await imported({ files: [at('set')] })).rows).toEqual(['train a 1', 'train b 1', 'train b 2'])
    expect(await skippedOf('set')).toEqual(
      [
        {
          what: expect.stringMatching(/^set\/a\/9\.png -> .*9\.png, set\/c -> .*other$/),
          why: expect.stringContaining('out of the folder'),
          n: 2,
        },
        { what: 'set/a/again, set/b/self.png', why: expect.stringContaining('circle'), n: 2 },
      ].sort((a, b) => b.n - a.n),
    )
  })

  it('tells a link that leads nowhere, and a photograph of a format that is not read', async () => {
    onDisk({ 'set/a/1.png': image(1), 'photos/1.png': image(1), 'photos/2.heic': Buffer.from('\0\0\0\x18ftypheic') })
    symlinkSync('nowhere', inSource('set/a/2.png'))
    await expect(previewImport(request({ files: [at('set')] }))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      where: 'set/a/2.png',
    })
    await expect(previewImport(request({ files: [at('photos')] }))).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      where: 'photos/2.heic',
    })
  })
})
