import { describe, expect, it } from 'vitest'
import { imageListKind, readImageList } from '../../../src/shared/imageList/imageList'
import { decodeText } from '../../../src/shared/imageList/divide'
import { finderAmong } from '../../../src/shared/imageList/paths'

/** Kind and cells of what a text lists. */
function listed(text: string): [string, ...(string | null)[][]] {
  const { kind, rows } = readImageList(text, 'list.csv')
  for (const { error } of rows) if (error !== null) throw error
  return [kind, ...rows.map(({ x, y, label }) => [x, kind === 'labelled' ? label : y])]
}
const pair = (x: string, y: string): [string, ...string[][]] => ['pairs', [x, y]]

describe('a list of images', () => {
  it.each([
    ['x,y\na.png,b.png\n', pair('a.png', 'b.png')],
    ['left,right\nimg/a.png,img/b.png', pair('img/a.png', 'img/b.png')],
    ['image1;image2\r\na.png;b.png\r\n', pair('a.png', 'b.png')],
    ['img_a\timg_b\na.png\tb.png', pair('a.png', 'b.png')],
    ['File 1,File 2\na.png,b.png', pair('a.png', 'b.png')],
    ['second,first\na.png,b.png', pair('b.png', 'a.png')],
    ['source,target\na.png,b.png', pair('a.png', 'b.png')],
    ['src_path,dst_path\nA.PNG,b.gif', pair('A.PNG', 'b.gif')],
    ['x y\na.png b.png', pair('a.png', 'b.png')],
    ['a.png b.png', pair('a.png', 'b.png')],
    ['img\\a.png,img\\b.png', pair('img\\a.png', 'img\\b.png')],
    ['"comma,name.png","my image.png"', pair('comma,name.png', 'my image.png')],
    ['my image.png,b.png', pair('my image.png', 'b.png')],
    ['comma,name.png\tb.png\na.png\tb.png', ['pairs', ['comma,name.png', 'b.png'], ['a.png', 'b.png']]],
    ['comma,name.png;b.png', pair('comma,name.png', 'b.png')],
    ['"a ""quoted"" name.png",b.png', pair('a "quoted" name.png', 'b.png')],
    ['/data/a.png,/data/b.png', pair('/data/a.png', '/data/b.png')],
    ['\uFEFF# made by hand\nx,y\n\na.png , b.png\n', pair('a.png', 'b.png')],
    ['x,y\nimg/one,img/two\n', pair('img/one', 'img/two')],
    ['angle,x,y\n30,a.png,b.png', pair('a.png', 'b.png')],
    ['a.png\nb.png', ['images', ['a.png', null], ['b.png', null]]],
    ['my image.png\nmy other image.png', ['images', ['my image.png', null], ['my other image.png', null]]],
    ['filename\na.png', ['images', ['a.png', null]]],
    ['x\na.png', ['images', ['a.png', null]]],
    ['file,label\na.png,cat\nb.png,dog', ['labelled', ['a.png', 'cat'], ['b.png', 'dog']]],
    ['filename;class\na.png;3', ['labelled', ['a.png', '3']]],
    ['label,path\ncat,a.png', ['labelled', ['a.png', 'cat']]],
    ['id,label\n7.png,cat', ['labelled', ['7.png', 'cat']]],
    ['image,y\na.png,1', ['labelled', ['a.png', '1']]],
    ['source,target\na.png,cat', ['labelled', ['a.png', 'cat']]],
    ['a.png,cat', ['labelled', ['a.png', 'cat']]],
    [',id,image,label\n0,5,a.png,cat', ['labelled', ['a.png', 'cat']]],
  ])('%j', (text, expected) => {
    expect(listed(text)).toEqual(expected)
    expect(imageListKind(text)).toBe(expected[0])
  })

  it.each([
    'x,y\n1,2\n3,4\n',
    'label,pixel0,pixel1\n1,0,255\n',
    '0,0,255,1\n',
    'These are my images.\n',
    'label\ncat\ndog\n',
    'id,label\n1,cat\n2,dog\n',
    'name\ncat\ndog\n',
    'image,label\ncat_1,cat\n',
    '',
  ])('is not %j', (text) => {
    expect(imageListKind(text)).toBeNull()
  })

  it('is one of images for models of one image, its second column filled or not', () => {
    const { kind, rows } = readImageList('x,y\na.png,\nb.png,c.png\n', 'l', false)
    expect([kind, rows.map(({ x, y, error }) => [x, y, error])]).toEqual([
      'images',
      [
        ['a.png', null, null],
        ['b.png', null, null],
      ],
    ])
  })

  it('says which columns it leaves out', () => {
    expect(readImageList('angle,x,y\n30,a.png,b.png', 'l').ignored).toEqual(['angle'])
  })

  it.each([
    ['before,now\na.png,b.png\n', 'LIST_HEADER', 'The header before,now is not known', 'list.csv, line 1'],
    ['u,v,w\na.png,b.png,3\n', 'LIST_HEADER', 'The header u,v,w is not known', 'list.csv, line 1'],
    ['a.png,b.png,c.png\n', 'LIST_HEADER', '3 columns and no header', 'list.csv, line 1'],
    ['x,y\n1,2\n', 'LIST_COLUMNS', 'No column', 'list.csv, line 1'],
    ['x,y\n', 'LIST_EMPTY', 'no image', 'list.csv'],
    ['\n', 'LIST_EMPTY', 'nothing', 'list.csv'],
  ])('is refused in words: %j', (text, code, message, where) => {
    expect(() => readImageList(text, 'list.csv')).toThrow(message)
    try {
      readImageList(text, 'list.csv')
    } catch (error) {
      expect(error).toMatchObject({ code, where })
    }
  })

  it('tells a row that names nothing in its place', () => {
    const { rows } = readImageList('x,y\na.png,b.png\na.png\n,b.png\n"a.png,b.png\n', 'l')
    expect(rows.map(({ error }) => error?.code ?? null)).toEqual([null, 'PAIR_ROW', 'PAIR_ROW', 'CSV_DAMAGED'])
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 5])
  })

  it('is UTF-8, or of Western Windows', () => {
    expect(decodeText(Buffer.from('é.png', 'utf8'))).toBe('é.png')
    expect(decodeText(Buffer.from('é.png', 'latin1'))).toBe('é.png')
  })
})

describe('the files of a list', () => {
  const files = ['set/img/é.png', 'set/img/sub/d.PNG', 'set/a.png', 'set/other/a.png', 'a b.png'].map((name) =>
    name.normalize('NFC'),
  )
  const find = finderAmong(files, (name) => name)

  it.each([
    ['set/img/é.png', 0],
    ['set\\img\\é.png', 0],
    ['e\u0301.png', 0],
    ['./set/img/sub/d.png', 1],
    ['d.png', 1],
    ['set/a.png', 2],
    ['a.png', null],
    ['a b.png', 4],
    ['D.png', null],
    ['none.png', null],
  ])('%s', (path, index) => {
    expect(find(path)).toBe(index === null ? null : files[index])
  })
})
