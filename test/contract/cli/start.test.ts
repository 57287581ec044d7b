import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import buildOnce from '../../support/built'
import { packagesAtStart } from '../../support/staticImports'

const built = (name: string) => join(import.meta.dirname, '../../../out/main', name)
beforeAll(buildOnce, 120_000)

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/gae-workbench.js', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('the command line at its start', () => {
  it('loads no database, no engine, no server: what a command does is loaded when it is run', () => {
    expect(packagesAtStart(built('cli.js'))).toEqual(['commander'])
    // What the same look finds in a program that works at once.
    expect(packagesAtStart(built('start.js'))).toEqual(expect.arrayContaining(['knex', 'ws', 'pino']))
  })

  it.each([
    ['an unknown option', ['runs', 'list', '--nonsense'], 'unknown option'],
    ['a number that is none', ['train', '--seed', 'x'], '--seed takes a whole number'],
    ['a device that is none', ['train', '--preset', 'quick', '--device', 'abacus'], '--device'],
    ['an address of the network', ['serve', '--host', '192.0.2.1'], '--host'],
    ['a benchmark that is none', ['bench', 'abacus'], 'There is no benchmark'],
    ['a generator that is none', ['datasets', 'generate', 'abacus'], 'datasets generate'],
  ])('%s is refused in a line', (_, args, words) => {
    const { status, stdout, stderr } = run(...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(words)
    expect(stderr).toMatch(/^.*\[[A-Z_]+\]\n$/)
  })
})
