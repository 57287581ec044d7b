import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { commands } from '../../../../src/renderer/src/commands/registry'
import ColumnsMenu from '../../../../src/renderer/src/components/grid/ColumnsMenu.vue'
import type { Column } from '../../../../src/renderer/src/components/grid/column'
import { useGrid } from '../../../../src/renderer/src/components/grid/useGrid'

const columns: Column<string>[] = ['Name', 'Status', 'Data', 'Seed'].map((title) => ({
  key: title.toLowerCase(),
  title,
  text: String,
  width: 80,
  optional: title === 'Seed',
}))
const choice = ref('')

const Host = defineComponent({
  setup() {
    const grid = useGrid({ rows: () => [], columns, rowKey: (row: string) => row, choice })
    return () => h(ColumnsMenu<string, Column<string>>, { grid })
  },
})

let wrapper: ReturnType<typeof mount>
const button = () => wrapper.get<HTMLButtonElement>('[aria-haspopup]')
const lines = () => wrapper.findAll('li').map((line) => line.text())
const box = (title: string) =>
  wrapper
    .findAll('li')
    .find((line) => line.text() === title)!
    .get<HTMLInputElement>('input')
const act = (name: string) => wrapper.get(`[aria-label="${name}"]`).trigger('click')

beforeEach(async () => {
  setActivePinia(createPinia())
  choice.value = ''
  wrapper = mount(Host, { attachTo: document.body })
  await button().trigger('click')
  await nextTick()
})
afterEach(() => wrapper.unmount())

it('is a button "Columns" with a dialog that takes the focus and gives it back', async () => {
  expect(button().text()).toBe('Columns')
  expect(button().attributes()).toMatchObject({ 'aria-haspopup': 'dialog', 'aria-expanded': 'true' })
  expect(wrapper.get('[role=dialog]').attributes('aria-label')).toBe('Columns')
  expect(document.activeElement).toBe(box('Name').element)
  await box('Name').trigger('keydown', { key: 'Escape' })
  expect(wrapper.find('[role=dialog]').exists()).toBe(false)
  expect(document.activeElement).toBe(button().element)
  expect(commands.value.map(({ title }) => title)).toContain('Choose columns')
})

it('shows and hides, where a column stood before; one stays', async () => {
  expect(lines().map((title) => box(title).element.checked)).toEqual([true, true, true, false])
  await box('Status').setValue(false)
  expect(choice.value).toBe('name,data')
  expect(lines()).toEqual(['Name', 'Status', 'Data', 'Seed'])
  await box('Seed').setValue(true)
  expect(choice.value).toBe('name,data,seed')
  await box('Status').setValue(true)
  await box('Seed').setValue(false)
  expect(choice.value).toBe('')
  await box('Status').setValue(false)
  await box('Data').setValue(false)
  expect(box('Name').element.disabled).toBe(true)
})

it('moves up and down, by buttons and by Alt with arrows, and keeps the focus', async () => {
  await act('Move Data up')
  expect(choice.value).toBe('name,data,status')
  // What is hidden waits behind the column before it in the definition.
  expect(lines()).toEqual(['Name', 'Data', 'Seed', 'Status'])
  expect(wrapper.get('[aria-label="Move Name up"]').attributes('aria-disabled')).toBe('true')
  await act('Move Name up')
  expect(choice.value).toBe('name,data,status')
  box('Name').element.focus()
  await box('Name').trigger('keydown', { key: 'ArrowDown', altKey: true })
  await nextTick()
  expect(choice.value).toBe('data,name,status')
  expect(document.activeElement).toBe(box('Name').element)
  await box('Name').trigger('keydown', { key: 'ArrowDown' })
  expect(document.activeElement).toBe(box('Status').element)
})

it('pins to the left, where pinned columns have an order of their own', async () => {
  await act('Pin Data')
  expect(choice.value).toBe('*data,name,status')
  expect(wrapper.get('[aria-label="Pin Data"]').attributes('aria-pressed')).toBe('true')
  await act('Move Data down')
  expect(choice.value).toBe('*data,name,status')
  await act('Pin Name')
  await act('Move Data down')
  expect(choice.value).toBe('*name,*data,status')
  await act('Pin Data')
  await act('Pin Name')
  expect(choice.value).toBe('name,data,status')
})
