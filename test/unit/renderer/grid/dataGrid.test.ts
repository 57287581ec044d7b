import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, shallowRef } from 'vue'
import type { Column } from '../../../../src/renderer/src/components/grid/column'
import DataGrid from '../../../../src/renderer/src/components/grid/DataGrid.vue'
import { useGrid } from '../../../../src/renderer/src/components/grid/useGrid'

interface Thing {
  id: string
  size: number | null
  broken?: boolean
}

const columns: Column<Thing>[] = [
  { key: 'id', title: 'Name', text: ({ id }) => id, value: ({ id }) => id, width: 100, grow: '1fr' },
  {
    key: 'size',
    title: 'Size',
    meaning: 'In metres.',
    text: ({ size }) => (size === null ? '--' : `${size} m`),
    value: ({ size }) => size,
    whole: ({ broken }) => broken === true,
    largestFirst: true,
    cell: 'size',
    align: 'right',
    width: 60,
  },
  { key: 'colour', title: 'Colour', text: () => 'red', width: 50 },
  { key: 'age', title: 'Age', text: () => '3', width: 40, optional: true },
]

const sort = ref('')
const choice = ref('')
const rows = shallowRef<Thing[]>([])
const selected = ref<readonly string[] | undefined>()
const active = ref<string | null>(null)
const opened = vi.fn()
const bin = vi.fn()

const Host = defineComponent({
  setup() {
    const grid = useGrid({
      rows: () => rows.value,
      columns,
      rowKey: ({ id }) => id,
      sort,
      sortedBy: () => 'id',
      choice,
    })
    return () =>
      h(
        DataGrid<Thing, Column<Thing>>,
        {
          name: 'Things',
          grid,
          rowHeight: 20,
          attributes: ({ id }: Thing) => ({ 'data-thing': id }),
          rowName: ({ id }: Thing) => id,
          bin,
          active: active.value,
          'onUpdate:active': (key: string | null) => (active.value = key),
          selected: selected.value,
          'onUpdate:selected': (keys?: readonly string[]) => (selected.value = keys),
          onOpen: opened,
        },
        { size: ({ row }: { row: Thing }) => h('button', { class: 'own' }, `${row.size}`) },
      )
  },
})

let wrapper: ReturnType<typeof mount>
const grid = () => wrapper.get('[role=grid]')
const names = () => wrapper.findAll('[data-thing]').map((row) => row.attributes('data-thing'))
const heads = () => wrapper.findAll('[role=columnheader]').filter((head) => !head.classes('check'))
const titles = () => heads().map((head) => head.text())
const head = (title: string) => heads().find((found) => found.text() === title)!
const row = (id: string) => wrapper.get<HTMLElement>(`[data-thing="${id}"]`)
async function focus(id: string): Promise<void> {
  row(id).element.focus()
  await nextTick()
}
async function press(key: string, on = active.value ?? names()[0]!): Promise<void> {
  await row(on).trigger('keydown', { key })
  await nextTick()
}

beforeEach(async () => {
  // Ten rows fit below the head; nothing is laid out here.
  const sizes = { offsetHeight: 200, clientHeight: 200, offsetWidth: 800, scrollHeight: 100_000 }
  for (const [name, size] of Object.entries(sizes)) {
    vi.spyOn(HTMLElement.prototype, name as 'offsetHeight', 'get').mockReturnValue(size)
  }
  vi.spyOn(HTMLElement.prototype, 'scrollTo').mockImplementation(function (this: HTMLElement, to) {
    this.scrollTop = (to as ScrollToOptions).top!
    this.dispatchEvent(new Event('scroll'))
  } as HTMLElement['scrollTo'])
  sort.value = ''
  choice.value = ''
  selected.value = []
  active.value = null
  rows.value = [
    { id: 'c', size: 10 },
    { id: 'a', size: null },
    { id: 'b', size: 200 },
  ]
  vi.clearAllMocks()
  wrapper = mount(Host, { attachTo: document.body })
  await nextTick()
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

describe('order', () => {
  it('is chosen by the heads of columns that have values, and kept in its short form', async () => {
    expect(names()).toEqual(['a', 'b', 'c'])
    expect(head('Name').attributes('aria-sort')).toBe('ascending')
    await head('Size').get('button').trigger('click')
    expect(sort.value).toBe('-size')
    expect(names()).toEqual(['b', 'c', 'a'])
    expect(head('Size').attributes()).toMatchObject({ 'aria-sort': 'descending', title: 'In metres.' })
    expect(head('Name').attributes('aria-sort')).toBe('none')
    await head('Size').get('button').trigger('click')
    expect(names()).toEqual(['c', 'b', 'a'])
    expect(head('Colour').attributes('aria-sort')).toBeUndefined()
    expect(head('Colour').find('button').exists()).toBe(false)
    await head('Name').get('button').trigger('click')
    expect(sort.value).toBe('')
  })

  it('is the one at first where the route names no column that has values', async () => {
    sort.value = '-colour'
    await nextTick()
    expect(names()).toEqual(['a', 'b', 'c'])
  })

  it('follows rows that change', async () => {
    sort.value = '-size'
    rows.value = [...rows.value, { id: 'd', size: 50 }]
    await nextTick()
    expect(names()).toEqual(['b', 'd', 'c', 'a'])
  })
})

describe('columns', () => {
  it('are shown, ordered and pinned as chosen', async () => {
    expect(titles()).toEqual(['Name', 'Size', 'Colour'])
    choice.value = '*colour,*age,id'
    await nextTick()
    expect(titles()).toEqual(['Colour', 'Age', 'Name'])
    expect(grid().attributes('aria-colcount')).toBe('4')
    const cells = row('b').findAll('.cell')
    expect(cells.map((cell) => cell.text())).toEqual(['red', '3', 'b'])
    // Pinned cells keep their least width, so that the next one knows where it stays.
    expect(cells.map((cell) => cell.classes('pinned'))).toEqual([true, true, false])
    expect(cells.map((cell) => cell.attributes('style') ?? '')[1]).toContain('calc(var(--check) + 50px)')
    expect(grid().attributes('style')).toContain('--columns: var(--check) 50px 40px minmax(100px, 1fr)')
    expect(row('b').get('.check').classes('pinned')).toBe(true)
  })

  it('are drawn by the slot that they name, others in words with a tooltip', () => {
    expect(row('b').get('.own').text()).toBe('200')
    expect(row('b').get('[title=red]').text()).toBe('red')
  })

  it('give their place to one that takes the rest of a row', async () => {
    rows.value = [{ id: 'x', size: 1, broken: true }]
    await nextTick()
    const cells = row('x').findAll('.cell')
    expect(cells).toHaveLength(2)
    expect(cells[1]!.attributes()).toMatchObject({ 'aria-colspan': '2', style: 'grid-column: span 2;' })
  })
})

describe('keyboard and mouse', () => {
  it('move the focus by arrows, Home and End', async () => {
    await press('ArrowDown')
    expect(active.value).toBe('a')
    await press('ArrowDown')
    expect(document.activeElement).toBe(row('b').element)
    expect(names().filter((id) => row(id!).attributes('tabindex') === '0')).toEqual(['b'])
    await press('End')
    expect(active.value).toBe('c')
    await press('ArrowDown')
    expect(active.value).toBe('c')
    await press('Home')
    expect(document.activeElement).toBe(row('a').element)
  })

  it('open by Enter and double click, select by Space and check box', async () => {
    await focus('b')
    await press('Enter')
    expect(opened).toHaveBeenLastCalledWith(rows.value[2])
    await press(' ')
    expect(selected.value).toEqual(['b'])
    expect(row('b').attributes('aria-selected')).toBe('true')
    await row('a').get('input').setValue(true)
    expect(selected.value).toEqual(['b', 'a'])
    expect(row('a').get('input').attributes('aria-label')).toBe('Select a')
    await press(' ')
    expect(selected.value).toEqual(['a'])
    await wrapper.get('[aria-label="Select all"]').setValue(true)
    expect(selected.value).toEqual(['a', 'b', 'c'])
    await row('c').trigger('click')
    expect(opened).toHaveBeenCalledOnce()
    await row('c').trigger('dblclick')
    expect(opened).toHaveBeenCalledTimes(2)
  })

  it('leave what happens to a control in a cell to the control', async () => {
    await row('b').get('.own').trigger('dblclick')
    await row('b').get('.own').trigger('keydown', { key: 'Enter' })
    await row('b').get('.own').trigger('keydown', { key: 'Delete' })
    expect(opened).not.toHaveBeenCalled()
    expect(bin).not.toHaveBeenCalled()
  })

  it('go to the bin by Del, where that means something, and go on at the neighbour', async () => {
    bin.mockImplementation((gone: Thing) => (rows.value = rows.value.filter((thing) => thing !== gone)))
    const [first] = rows.value
    await focus('c')
    await press('Delete')
    await nextTick()
    expect(bin).toHaveBeenCalledExactlyOnceWith(first)
    expect(document.activeElement).toBe(row('b').element)
    await focus('a')
    await press('Delete')
    await nextTick()
    expect(names()).toEqual(['b'])
    expect(document.activeElement).toBe(row('b').element)
  })

  it('that leave together give the focus to the next that stays', async () => {
    await focus('c')
    rows.value = rows.value.filter(({ id }) => id === 'a')
    await nextTick()
    await nextTick()
    expect(document.activeElement).toBe(row('a').element)
  })

  it('that leave take no focus from elsewhere', async () => {
    await focus('c')
    wrapper.get<HTMLElement>('[role=columnheader] button').element.focus()
    const elsewhere = document.activeElement
    rows.value = rows.value.filter(({ id }) => id !== 'c')
    await nextTick()
    await nextTick()
    expect(document.activeElement).toBe(elsewhere)
  })

  it('know one row where none are selected: the active one, opened by a click or Space', async () => {
    selected.value = undefined
    await nextTick()
    expect(wrapper.findAll('input')).toEqual([])
    expect(grid().attributes('aria-multiselectable')).toBeUndefined()
    await focus('b')
    expect(row('b').attributes('aria-selected')).toBe('true')
    await press(' ')
    await row('b').trigger('click')
    expect(opened).toHaveBeenCalledTimes(2)
  })
})

describe('many rows', () => {
  beforeEach(async () => {
    rows.value = Array.from({ length: 5000 }, (_, n) => ({ id: `row ${n}`, size: n }))
    await nextTick()
  })

  it('are counted in whole, and drawn only where they are in view', async () => {
    expect(grid().attributes()).toMatchObject({ 'aria-rowcount': '5001', 'aria-label': 'Things' })
    expect(wrapper.get('.body').attributes('style')).toContain('height: 100000px')
    expect(names().length).toBeGreaterThan(10)
    expect(names().length).toBeLessThan(50)
    expect(row('row 3').attributes('aria-rowindex')).toBe('5')
  })

  it('are paged through, and the last has the focus once it is drawn', async () => {
    await focus('row 0')
    await press('PageDown')
    expect(active.value).toBe('row 8')
    await press('End', 'row 8')
    await vi.waitFor(() => expect(document.activeElement).toBe(row('row 4999').element))
    expect(wrapper.find('[data-thing="row 8"]').exists()).toBe(false)
  })

  it('are at the row that was left when the grid is opened again', async () => {
    wrapper.unmount()
    active.value = 'row 2500'
    wrapper = mount(Host, { attachTo: document.body })
    await vi.waitFor(() => expect(row('row 2500').attributes('aria-selected')).toBe('false'))
  })
})
