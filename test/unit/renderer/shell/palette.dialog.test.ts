import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { defineComponent, h, nextTick } from 'vue'
import { useCommands } from '../../../../src/renderer/src/commands/registry'
import CommandPalette from '../../../../src/renderer/src/components/shell/CommandPalette.vue'

vi.mock('../../../../src/renderer/src/api/client', () => ({ api: {} }))

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
})
const start = vi.fn()
const bin = vi.fn()

const Host = defineComponent({
  setup() {
    useCommands([
      { id: 'start', title: 'Start run', group: 'Do', keys: 'Mod+Enter', run: start },
      { id: 'bin', title: 'Move to bin', group: 'Do', run: bin },
    ])
    return () => h(CommandPalette)
  },
})

let wrapper: ReturnType<typeof mount>
const input = () => wrapper.get<HTMLInputElement>('[role=combobox]')
const options = () => wrapper.findAll('[role=option]').map((option) => option.get('.clip').text())

beforeEach(async () => {
  setActivePinia(createPinia())
  vi.clearAllMocks()
  wrapper = mount(Host, { global: { plugins: [router] }, attachTo: document.body })
  await nextTick()
})
afterEach(() => wrapper.unmount())

it('is a dialog with a combobox that names its active option', () => {
  expect(wrapper.get('dialog').attributes('aria-label')).toBe('Command palette')
  expect(input().attributes('aria-label')).toBe('Command')
  const active = input().attributes('aria-activedescendant') ?? ''
  expect(wrapper.get(`#${active}`).attributes('aria-selected')).toBe('true')
})

it('runs what the arrows chose', async () => {
  await input().trigger('keydown', { key: 'ArrowDown' })
  await input().trigger('keydown', { key: 'Enter' })
  await vi.waitFor(() => expect(bin).toHaveBeenCalledOnce())
  expect(start).not.toHaveBeenCalled()
})

it('narrows to what fits', async () => {
  await input().setValue('start')
  expect(options()).toEqual(['Start run'])
  await input().setValue('zzz')
  expect(options()).toEqual([])
})

it('opens a pasted link, also with an address before it', async () => {
  await input().setValue('http://127.0.0.1:4000/#/runs/abc?tab=errors')
  expect(options()[0]).toBe('Open #/runs/abc?tab=errors')
  await input().trigger('keydown', { key: 'Enter' })
  await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/runs/abc?tab=errors'))
})
