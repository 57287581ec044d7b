import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import buildOnce from '../../support/built'
import { ServedProcess } from '../../support/servedProcess'

const program = join(import.meta.dirname, '../../../out/main/start.js')

let data: string
beforeAll(buildOnce, 120_000)
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'gae-start-'))
})
afterEach(() => rm(data, { recursive: true, force: true }))

/** Runs `npm start`'s program; nothing opens, as in continuous integration. */
function start(args: string[], env: Record<string, string | undefined> = {}) {
  const child = spawn(process.execPath, [program, '--data', data, ...args], {
    env: { ...process.env, CI: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  let errors = ''
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, lines, code, errors: () => errors }
}

const address = (lines: string[]): string | undefined =>
  lines.map((line) => /^The workbench: (http:\S+)$/.exec(line)?.[1]).find((url) => url !== undefined)

test('without a display says so in one line, prints the address, and stays until it is stopped', async () => {
  const run = start([], { DISPLAY: '', WAYLAND_DISPLAY: '' })
  await vi.waitFor(() => expect(address(run.lines)).toBeDefined(), 20_000)
  if (process.platform === 'linux') expect(run.lines[0]).toMatch(/^No display .* opens for a browser\.$/)
  const response = await fetch(address(run.lines) ?? '', { redirect: 'manual' })
  expect(response.status).toBe(303)
  run.child.kill('SIGINT')
  expect(await run.code).toBe(0)
})

test('--quick trains in the terminal, prints the result and the address again, and stays', async () => {
  const run = start(['--browser', '--quick'])
  const ends = () => run.lines.filter((line) => line.startsWith('The workbench: '))
  await vi.waitFor(() => expect(ends()).toHaveLength(2), 150_000)
  expect(run.lines.find((line) => line.startsWith('test error'))).toMatch(
    /^test error \d+\.\d\d % \[\d+\.\d\d, \d+\.\d\d\]/,
  )
  expect(run.child.exitCode).toBeNull()
  run.child.kill('SIGINT')
  expect(await run.code).toBe(0)
}, 180_000)

test('--quick --exit ends after the result', async () => {
  const run = start(['--quick', '--exit'])
  expect(await run.code).toBe(0)
  expect(run.lines.some((line) => line.startsWith('test error'))).toBe(true)
  expect(address(run.lines)).toBeUndefined()
}, 180_000)

test.each([
  ['stays', [], 0],
  ['with --quick leaves that for another start, and stays', ['--quick'], 1],
])('on a damaged database says so, offers the backup on the page, and %s', async (_name, args, end) => {
  await writeFile(join(data, 'workbench.sqlite'), Buffer.alloc(8192, 1))
  const run = start(['--browser', ...args])
  await vi.waitFor(() => expect(address(run.lines)).toBeDefined(), 20_000)
  await vi.waitFor(() => expect(run.errors()).toMatch(/^.*The database is damaged.* \[DATABASE_DAMAGED\]\n$/))
  const served = await ServedProcess.of({ url: address(run.lines) ?? '', pid: 0, data, stop: async () => undefined })
  const page = await served.page()
  const info = await page.call('query', 'app.info')
  expect(info.result?.data).toMatchObject({ damage: { error: { code: 'DATABASE_DAMAGED' }, backup: null } })
  expect((await page.call('mutation', 'app.restoreBackup')).error?.data.workbench.code).toBe('NO_BACKUP')
  run.child.kill('SIGINT')
  expect(await run.code).toBe(end)
})

test.each([
  ['--desktop and --browser', ['--desktop', '--browser']],
  ['--exit alone', ['--exit']],
  ['a port that is none', ['--port', 'seventy']],
  ['what it does not know', ['--window']],
])('refuses %s, with its usage', async (_name, args) => {
  const run = start(args)
  expect(await run.code).toBe(2)
  expect(run.errors()).toMatch(/npm start -- .* \[USAGE\]\n$/)
})
