import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, ref, useTemplateRef } from 'vue'
import { useFileTarget, type FileTarget } from '../../../../src/renderer/src/composables/useFileTarget'
import { useAppStore } from '../../../../src/renderer/src/stores/app'
import { WorkbenchError } from '../../../../src/shared/errors'

vi.mock('../../../../src/renderer/src/api/client', () => ({ api: {} }))

const file = (name: string) => new File([name], name)
const path = (of: File) => of.webkitRelativePath || of.name

/** Entries of a drop as a browser has them; a folder is told in parts of two. */
type Tree = { [name: string]: Tree | File | Error }
function entry(name: string, of: Tree | File | Error, above = ''): FileSystemEntry {
  const fullPath = `${above}/${name}`
  if (of instanceof File)
    return { name, fullPath, isFile: true, file: (done: (file: File) => void) => done(of) } as never
  const children = of instanceof Error ? [] : Object.entries(of).map(([child, value]) => entry(child, value, fullPath))
  return {
    name,
    fullPath,
    isDirectory: true,
    createReader: () => ({
      readEntries: (done: (part: FileSystemEntry[]) => void, failed: (cause: Error) => void) =>
        of instanceof Error ? failed(of) : done(children.splice(0, 2)),
    }),
  } as never
}

function transfer(tree: Tree) {
  const items = Object.entries(tree).map(([name, of]) => ({ webkitGetAsEntry: () => entry(name, of) }))
  const files = Object.entries(tree).map(([name, of]) => (of instanceof File ? of : file(name)))
  return { items, files }
}

function drag(on: Element, type: 'dragenter' | 'dragleave' | 'drop', tree: Tree = {}): void {
  on.dispatchEvent(
    Object.assign(new Event(type, { bubbles: true, cancelable: true }), { dataTransfer: transfer(tree) }),
  )
}
const drop = async (on: Element, tree: Tree) => {
  drag(on, 'dragenter', tree)
  drag(on, 'drop', tree)
  await flushPromises()
}

const taken = { outer: vi.fn(), inner: vi.fn() }
let targets: Record<'outer' | 'inner', FileTarget>
let wrapper: VueWrapper
const open = ref(true)
const element = (name: 'outer' | 'inner') => wrapper.get(`.${name}`).element

beforeEach(() => {
  setActivePinia(createPinia())
  vi.resetAllMocks()
  open.value = true
  const host = defineComponent({
    setup() {
      const [outer, inner] = [useTemplateRef<HTMLElement>('outer'), useTemplateRef<HTMLElement>('inner')]
      targets = {
        outer: useFileTarget(outer, taken.outer),
        inner: useFileTarget(() => (open.value ? inner.value : null), taken.inner),
      }
      return () => h('div', { ref: 'outer', class: 'outer' }, h('div', { ref: 'inner', class: 'inner' }))
    },
  })
  wrapper = mount(host, { attachTo: document.body })
})
afterEach(() => wrapper.unmount())

it('opens dropped folders: files by name, with their folders, without what systems leave in them', async () => {
  await drop(element('outer'), {
    shots: { 'img10.png': file('img10.png'), 'img2.png': file('img2.png'), '.DS_Store': file('.DS_Store'), tall: { 'a.png': file('a.png') } }, // prettier-ignore
    'alone.png': file('alone.png'),
  })
  expect(taken.outer.mock.calls[0]![0].map(path)).toEqual([
    'shots/img2.png',
    'shots/img10.png',
    'shots/tall/a.png',
    'alone.png',
  ])
})

it('takes loose files in the order in which they were dropped', async () => {
  await drop(element('outer'), { 'b.png': file('b.png'), 'a.png': file('a.png') })
  expect(taken.outer.mock.calls[0]![0].map(path)).toEqual(['b.png', 'a.png'])
})

it('a drop is taken once, by the target under it; nothing hovers on', async () => {
  drag(element('inner'), 'dragenter')
  expect([targets.inner.hovering.value, targets.outer.hovering.value]).toEqual([true, true])
  drag(element('inner'), 'drop', { 'a.png': file('a.png'), 'b.png': file('b.png'), 'c.png': file('c.png') })
  await flushPromises()
  expect(taken.inner).toHaveBeenCalledOnce()
  expect(taken.outer).not.toHaveBeenCalled()
  expect([targets.inner.hovering.value, targets.outer.hovering.value]).toEqual([false, false])
})

it('hovers no more once the files have left, though what they were over is gone, or the pointer moves by itself', () => {
  const row = document.createElement('p')
  element('inner').append(row)
  drag(row, 'dragenter')
  row.remove()
  drag(element('inner'), 'dragenter')
  drag(element('inner'), 'dragleave')
  expect([targets.inner.hovering.value, targets.outer.hovering.value]).toEqual([false, false])

  drag(element('inner'), 'dragenter')
  window.dispatchEvent(new Event('pointermove'))
  expect([targets.inner.hovering.value, targets.outer.hovering.value]).toEqual([false, false])
})

it('what takes nothing for now leaves its drops to the target around it', async () => {
  open.value = false
  await flushPromises()
  await drop(element('inner'), { 'a.png': file('a.png') })
  expect(taken.inner).not.toHaveBeenCalled()
  expect(taken.outer).toHaveBeenCalledOnce()
})

it('tells where it was dropped, and to the Problems, why it came to nothing; the next files clear that', async () => {
  await drop(element('inner'), { shots: { locked: new Error('permission denied') } })
  expect(taken.inner).not.toHaveBeenCalled()
  expect(targets.inner.error.value).toMatchObject({ code: 'FILE_UNREADABLE', where: 'shots/locked' })
  expect(targets.outer.error.value).toBeNull()

  taken.inner.mockRejectedValueOnce(new WorkbenchError('IMAGE_UNREADABLE', 'This is no image'))
  await targets.inner.give([file('a.png')])
  expect(targets.inner.error.value?.code).toBe('IMAGE_UNREADABLE')
  expect(useAppStore().problems).toHaveLength(2)

  await drop(element('inner'), { 'a.png': file('a.png') })
  expect(targets.inner.error.value).toBeNull()
})

it('takes the files of an input, and the same again', async () => {
  const input = { files: [file('a.png')], value: 'a.png' }
  targets.outer.choose({ target: input } as never)
  await flushPromises()
  expect(taken.outer.mock.calls[0]![0].map(path)).toEqual(['a.png'])
  expect(input.value).toBe('')
})
