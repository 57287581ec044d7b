import { expect, it } from 'vitest'
import type { Command } from '../../../../src/renderer/src/commands/command'
import { fit, searchCommands } from '../../../../src/renderer/src/commands/search'

const command = (title: string): Command => ({ id: title, title, group: 'Do', run: () => undefined })
const titles = (query: string, all: string[]) => searchCommands(query, all.map(command)).map(({ title }) => title)

it('finds a command by letters in their order', () => {
  expect(fit('impds', 'Import dataset')).not.toBeNull()
  expect(fit('dsimp', 'Import dataset')).toBeNull()
})

it('puts starts of words before middles, and those before scattered letters', () => {
  expect(titles('run', ['Truncate', 'New run', 'Remove unused name', 'Runs'])).toEqual([
    'Runs',
    'New run',
    'Truncate',
    'Remove unused name',
  ])
})

it('keeps the given order without a query', () => {
  expect(titles('', ['b', 'a', 'c'])).toEqual(['b', 'a', 'c'])
})

it('finds a command by other words for it, after those that are called so', () => {
  const commands = [
    { ...command('Switch between light and dark'), words: 'theme appearance' },
    { ...command('Runs'), words: 'queue jobs' },
    command('Add to queue'),
    command('Those methods'),
  ]
  const found = (query: string) => searchCommands(query, commands).map(({ title }) => title)
  expect(found('theme')[0]).toBe('Switch between light and dark')
  expect(found('queue')).toEqual(['Add to queue', 'Runs'])
  expect(found('job')).toEqual(['Runs'])
})
