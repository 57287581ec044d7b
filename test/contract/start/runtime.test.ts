import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runDesktop } from '../../../src/main/start/desktop'
import { Runtime } from '../../../src/main/start/runtime'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-electron-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A package as electron's is laid out; `download` is the body of @electron/get's downloadArtifact. */
async function electronPackage(download: string, installer = unpacks): Promise<void> {
  const get = join(folder, 'node_modules', '@electron', 'get')
  await mkdir(get, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "name": "electron", "version": "1.2.3" }')
  await writeFile(join(folder, 'checksums.json'), '{}')
  await writeFile(join(folder, 'install.js'), installer)
  await writeFile(join(get, 'package.json'), '{ "name": "@electron/get", "main": "index.js" }')
  await writeFile(join(get, 'index.js'), `exports.downloadArtifact = async (options) => { ${download} }`)
}

const unpacks = `
const { mkdirSync, writeFileSync } = require('node:fs')
mkdirSync(__dirname + '/dist')
writeFileSync(__dirname + '/dist/electron', '')
writeFileSync(__dirname + '/path.txt', 'electron')
`

describe("Electron's runtime", () => {
  test('is fetched with progress and unpacked, and then found', async () => {
    await electronPackage(
      'for (const percent of [0.25, 0.5, 1]) options.downloadOptions.getProgressCallback({ percent }); return "zip"',
    )
    const runtime = new Runtime(folder)
    expect(runtime.program).toBeNull()
    const shares: number[] = []
    const program = join(folder, 'dist', 'electron')
    expect(await runtime.fetch((share) => shares.push(share))).toEqual({ program })
    expect(shares).toEqual([0.25, 0.5, 1])
    expect(new Runtime(folder).program).toBe(program)
  })

  test('is given up, with the cause, where nothing answers', async () => {
    await electronPackage(`
      const { signal } = options.downloadOptions
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    `)
    expect(await new Runtime(folder).fetch(() => undefined)).toEqual({ refused: 'no answer within 3 s' })
  })

  test('is given up, with the cause, where there is no network', async () => {
    await electronPackage("throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') })")
    expect(await new Runtime(folder).fetch(() => undefined)).toEqual({ refused: 'getaddrinfo ENOTFOUND' })
  })

  test('is given up where its installer fails', async () => {
    await electronPackage('return "zip"', 'process.exit(4)')
    expect(await new Runtime(folder).fetch(() => undefined)).toEqual({ refused: 'its installer ended with code 4' })
  })

  test('is not to be had where the package is not installed', async () => {
    const runtime = new Runtime(null)
    expect(runtime.program).toBeNull()
    expect(await runtime.fetch(() => undefined)).toEqual({ refused: 'the electron package is not installed' })
  })
})

describe.skipIf(process.platform === 'win32')('the window', () => {
  const program = async (script: string): Promise<string> => {
    const path = join(folder, 'electron.sh')
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
    return path
  }

  test('gets the app and its data folder, and its end is told with its code', async () => {
    const path = await program('test "$1" = /the/app && test "$2" = --data && test "$3" = /the/data && exit 5')
    expect(await runDesktop(path, '/the/app', '/the/data')).toEqual({ ending: 'closed', code: 5, signal: null })
  })

  test('that dies by a signal at once never stood', async () => {
    const path = await program('kill -TRAP $$')
    expect(await runDesktop(path, '/the/app', undefined)).toMatchObject({
      ending: 'crashed-at-start',
      signal: 'SIGTRAP',
    })
  })
})
