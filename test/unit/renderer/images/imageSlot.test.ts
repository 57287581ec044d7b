import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import DatasetDialog from '../../../../src/renderer/src/components/images/DatasetDialog.vue'
import ImageSlot from '../../../../src/renderer/src/components/images/ImageSlot.vue'
import { useImagePair } from '../../../../src/renderer/src/composables/useImagePair'
import { useAppStore } from '../../../../src/renderer/src/stores/app'
import type { DatasetRow } from '../../../../src/shared/datasets'
import { WorkbenchError } from '../../../../src/shared/errors'
import { writePfm } from '../../../../src/shared/pfm'
import type { StoredImage } from '../../../../src/shared/scores'

const store = vi.hoisted(() => ({ put: vi.fn(), take: vi.fn(), get: vi.fn() }))
vi.mock('../../../../src/renderer/src/api/client', () => ({
  api: {
    images: { put: { mutate: store.put }, take: { mutate: store.take }, get: { query: store.get } },
    datasets: { list: { query: async () => [] } },
  },
}))

const pixels = Float32Array.of(-1.5, 0, 0.1, 2.5)
const row: DatasetRow = { dataset: 'd-1', split: 'test', index: 7 }
const shaOf = (name: string) => name.padEnd(64, '0')
const stored = (of: 'x' | 'y'): StoredImage => ({
  sha256: shaOf(of),
  name: `floats, test no. 7, ${of}`,
  width: 4,
  height: 1,
  format: 'pfm',
  origin: { dataset: 'd-1', name: 'floats', split: 'test', index: 7, of },
})
const file = (name: string) => new File([name], `${name}.png`)
const drawn = vi.fn()

beforeEach(() => {
  setActivePinia(createPinia())
  vi.resetAllMocks()
  store.put.mockImplementation(async ({ name }: { name: string }) => ({ sha256: shaOf(name[0]!) }))
  store.take.mockResolvedValue({ x: stored('x'), y: null })
  store.get.mockImplementation(async ({ sha256 }: { sha256: string }) => ({
    image: { ...stored(sha256[0] as 'x'), sha256 },
    bytes: writePfm({ height: 1, width: 4, pixels }),
  }))
  vi.stubGlobal('createImageBitmap', drawn)
  drawn.mockResolvedValue({ width: 4, height: 1 })
  // happy-dom has a canvas without a context.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ drawImage: vi.fn() } as never)
})
afterEach(() => wrapper.unmount())

let wrapper: VueWrapper

/** The slots of a pair, as the screens have them. */
function pair({ compact = true, needsY = true, off = null as string | null } = {}) {
  const [x, y] = [ref<string | null>(null), ref<string | null>(null)]
  const screen = defineComponent({
    setup() {
      const { slots, give, take } = useImagePair(x, y, ref(needsY))
      return () =>
        (['x', 'y'] as const).map((which) =>
          h(ImageSlot, {
            name: `Image ${which}`,
            held: slots[which],
            give: (files: readonly File[]) => give(files, which),
            dataset: null,
            compact,
            off: which === 'y' ? off : null,
            onPick: (picked: DatasetRow) => take(picked, which),
          }),
        )
    },
  })
  wrapper = mount(screen, { global: { stubs: { DatasetDialog: true } }, attachTo: document.body })
  const slot = (which: 'x' | 'y') => wrapper.get(`[role=group][aria-label="Image ${which}"]`)
  return {
    x,
    y,
    slot,
    async pick(which: 'x' | 'y') {
      await slot(which).get(`button[aria-label="Image ${which} from a dataset"]`).trigger('click')
      wrapper.getComponent(DatasetDialog).vm.$emit('pick', row)
      await flushPromises()
    },
    async choose(which: 'x' | 'y', ...files: File[]) {
      const input = slot(which).get<HTMLInputElement>(`input[aria-label="Image ${which} file"]`)
      Object.defineProperty(input.element, 'files', { value: files, configurable: true })
      await input.trigger('change')
      await flushPromises()
    },
    async paste(target: EventTarget, ...files: File[]) {
      // Listeners come after the first drawing.
      await flushPromises()
      const event = new Event('paste', { bubbles: true, cancelable: true })
      target.dispatchEvent(Object.assign(event, { clipboardData: { files } }))
      await flushPromises()
      return event
    },
  }
}

for (const compact of [true, false]) {
  it(`takes an image of a dataset by its place, never by bytes of the screen, ${compact ? 'small' : 'large'}`, async () => {
    const { x, slot, pick } = pair({ compact })
    await pick('x')
    expect(store.take).toHaveBeenCalledExactlyOnceWith(row)
    expect(store.put).not.toHaveBeenCalled()
    expect(x.value).toBe(shaOf('x'))
    expect(slot('x').text()).toContain('floats, test no. 7')
    const [image] = drawn.mock.calls[0] as [ImageData]
    expect([image.width, image.height]).toEqual([4, 1])
    // Grey from the lowest value to the highest.
    expect([0, 4, 8, 12].map((at) => image.data[at])).toEqual([0, 96, 102, 255])

    await slot('x').get('button[aria-label="Clear image x"]').trigger('click')
    expect(x.value).toBeNull()
    expect(slot('x').text()).not.toContain('floats')
  })

  it(`says why an image was refused, keeps what it had, and tells the Problems, ${compact ? 'small' : 'large'}`, async () => {
    const { x, slot, pick, choose } = pair({ compact })
    await pick('x')
    store.take.mockRejectedValue(new WorkbenchError('DATASET_NOT_FOUND', 'There is no dataset d-1', { remedy: 'See.' }))
    await pick('x')
    expect(slot('x').get('[role=alert]').text()).toContain('There is no dataset d-1')
    expect(x.value).toBe(shaOf('x'))

    store.put.mockRejectedValue(new WorkbenchError('IMAGE_UNREADABLE', 'This is no image', { where: 'a.png' }))
    await choose('x', file('a'))
    expect(slot('x').get('[role=alert]').text()).toContain('IMAGE_UNREADABLE')
    expect(
      useAppStore()
        .problems.map(({ error }) => error.code)
        .sort(),
    ).toEqual(['DATASET_NOT_FOUND', 'IMAGE_UNREADABLE'])
    expect(slot('y').find('[role=alert]').exists()).toBe(false)
  })
}

it('a pair of a dataset fills both slots, whichever it was taken for', async () => {
  store.take.mockResolvedValue({ x: stored('x'), y: stored('y') })
  for (const which of ['x', 'y'] as const) {
    const { x, y, pick } = pair()
    await pick(which)
    expect([x.value, y.value]).toEqual([shaOf('x'), shaOf('y')])
    wrapper.unmount()
  }
  const { x, y, pick } = pair({ needsY: false })
  await pick('x')
  expect([x.value, y.value]).toEqual([shaOf('x'), null])
})

it('one file is for its slot, two at once are x and y', async () => {
  const { x, y, choose } = pair()
  await choose('y', file('a'))
  expect([x.value, y.value]).toEqual([null, shaOf('a')])
  await choose('y', file('b'), file('c'), file('d'))
  expect([x.value, y.value]).toEqual([shaOf('b'), shaOf('c')])
})

it('a pasted file goes into the slot that has the focus, and no further', async () => {
  const { x, y, slot, paste } = pair()
  const event = await paste(slot('y').element, file('a'))
  expect(event.defaultPrevented).toBe(true)
  expect([x.value, y.value]).toEqual([null, shaOf('a')])
})

it('a slot that is off takes nothing, and says why', async () => {
  const { y, slot, paste } = pair({ compact: false, off: 'y = x' })
  expect(slot('y').text()).toContain('y = x')
  expect(slot('y').attributes('aria-disabled')).toBe('true')
  expect(slot('y').get('input').attributes()).toHaveProperty('disabled')
  const event = await paste(slot('y').element, file('a'))
  expect(event.defaultPrevented).toBe(false)
  expect(y.value).toBeNull()
})

it('a float map that is damaged is shown without a picture, a file is left to the browser', async () => {
  store.get.mockResolvedValueOnce({ image: stored('x'), bytes: new TextEncoder().encode('Pf\n9 9\n-1.0\n') })
  const { x, slot, pick } = pair()
  await pick('x')
  expect(drawn).not.toHaveBeenCalled()
  expect(slot('x').text()).toContain('floats, test no. 7')

  store.get.mockResolvedValueOnce({ image: { ...stored('y'), origin: null }, bytes: Uint8Array.of(0x89, 0x50) })
  x.value = shaOf('z')
  await flushPromises()
  expect(drawn.mock.calls[0]![0]).toBeInstanceOf(Blob)
})
