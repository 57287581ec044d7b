import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import CompactSlot from '../../../../src/renderer/src/components/images/CompactSlot.vue'
import DatasetDialog from '../../../../src/renderer/src/components/images/DatasetDialog.vue'
import { usePutImages } from '../../../../src/renderer/src/composables/usePutImages'
import type { Dataset } from '../../../../src/shared/datasets'
import { WorkbenchError } from '../../../../src/shared/errors'
import { writePfm } from '../../../../src/shared/pfm'
import type { StoredImage } from '../../../../src/shared/scores'

/** Images of datasets go into slots by their place in the dataset, never by bytes that a screen made of them. */

const store = vi.hoisted(() => ({ put: vi.fn(), take: vi.fn(), get: vi.fn() }))
vi.mock('../../../../src/renderer/src/api/client', () => ({
  api: {
    images: { put: { mutate: store.put }, take: { mutate: store.take }, get: { query: store.get } },
    datasets: { list: { query: async () => [] } },
  },
}))

const pixels = Float32Array.of(-1.5, 0, 0.1, 2.5)
const dataset = { id: 'd-1', name: 'floats', kind: 'images', shape: [1, 4], targetShape: null } as unknown as Dataset
const row = { index: 7, label: null, x: pixels, y: null }
const stored = (of: 'x' | 'y'): StoredImage => ({
  sha256: of.repeat(64),
  name: 'floats, test no. 7',
  width: 4,
  height: 1,
  format: 'pfm',
  origin: { dataset: 'd-1', name: 'floats', split: 'test', index: 7, of },
})
const drawn = vi.fn()

beforeEach(() => {
  setActivePinia(createPinia())
  vi.resetAllMocks()
  store.take.mockResolvedValue({ x: stored('x'), y: null })
  store.get.mockResolvedValue({ image: stored('x'), bytes: writePfm({ height: 1, width: 4, pixels }) })
  vi.stubGlobal('createImageBitmap', drawn)
  drawn.mockResolvedValue({ width: 4, height: 1 })
  // happy-dom has a canvas without a context.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ drawImage: vi.fn() } as never)
})

function slot() {
  const wrapper = mount(CompactSlot, {
    props: {
      name: 'Image x',
      which: 'x' as const,
      dataset: null,
      sha256: null,
      'onUpdate:sha256': (sha256: string | null) => wrapper.setProps({ sha256 }),
    },
    global: { stubs: { DatasetDialog: true } },
  })
  return {
    wrapper,
    pick: async (image: typeof row) => {
      await wrapper.get('button[aria-label="Image x from a dataset"]').trigger('click')
      wrapper.getComponent(DatasetDialog).vm.$emit('pick', dataset, 'test', image)
      await flushPromises()
    },
  }
}

it('a slot takes an image of a dataset by its place, says it and draws its float pixels', async () => {
  const { wrapper, pick } = slot()
  await pick(row)
  expect(store.take).toHaveBeenCalledExactlyOnceWith({ dataset: 'd-1', split: 'test', index: 7 })
  expect(store.put).not.toHaveBeenCalled()
  expect(wrapper.props('sha256')).toBe('x'.repeat(64))
  expect(wrapper.text()).toContain('floats, test no. 7')
  const [image] = drawn.mock.calls[0] as [ImageData]
  expect([image.width, image.height]).toEqual([4, 1])
  // Grey from the lowest value to the highest.
  expect([0, 4, 8, 12].map((at) => image.data[at])).toEqual([0, 96, 102, 255])
})

it('a slot leaves a pair to the screen', async () => {
  const { wrapper, pick } = slot()
  const pair = { ...row, y: pixels }
  await pick(pair as never)
  expect(wrapper.emitted('pair')).toEqual([[dataset, 'test', pair]])
  expect(store.take).not.toHaveBeenCalled()
})

it('a slot says why an image of a dataset was refused, and keeps what it had', async () => {
  const { wrapper, pick } = slot()
  await pick(row)
  store.take.mockRejectedValue(new WorkbenchError('DATASET_NOT_FOUND', 'There is no dataset d-1', { remedy: 'See.' }))
  await pick(row)
  expect(wrapper.get('[role=alert]').text()).toContain('There is no dataset d-1')
  expect(wrapper.props('sha256')).toBe('x'.repeat(64))
})

it('a float map that is damaged is shown without a picture, a file is left to the browser', async () => {
  store.get.mockResolvedValueOnce({ image: stored('x'), bytes: new TextEncoder().encode('Pf\n9 9\n-1.0\n') })
  const { wrapper, pick } = slot()
  await pick(row)
  expect(drawn).not.toHaveBeenCalled()
  expect(wrapper.text()).toContain('floats, test no. 7')

  store.get.mockResolvedValueOnce({ image: { ...stored('y'), origin: null }, bytes: Uint8Array.of(0x89, 0x50) })
  await wrapper.setProps({ sha256: 'y'.repeat(64) })
  await flushPromises()
  expect(drawn.mock.calls[0]![0]).toBeInstanceOf(Blob)
})

it('both images of a pair are put by their place', async () => {
  const { putDatasetImage } = usePutImages()
  expect(await putDatasetImage(dataset, 'test', row)).toEqual({ x: 'x'.repeat(64), y: null })
  store.take.mockResolvedValue({ x: stored('x'), y: stored('y') })
  expect(await putDatasetImage(dataset, 'test', row)).toEqual({ x: 'x'.repeat(64), y: 'y'.repeat(64) })
  expect(store.put).not.toHaveBeenCalled()
})
