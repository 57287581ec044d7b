import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const openers: Record<string, [string, string[]]> = {
  darwin: ['open', []],
  win32: ['cmd', ['/c', 'start', '']],
}

/** Lies in the data folder while the workbench runs. */
export const openerFile = 'open.html'

/** A page that leads to the address. What a program is started with all users of a machine can read; this file, one. */
const pageTo = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><title>GAE Workbench</title><meta http-equiv="refresh" content="0;url=${url}">
<p>If the workbench does not open, use the address that it printed in the terminal.</p>
`

/**
 * Opens the user's browser; where there is none to open, the printed address has to do.
 * @param folder the data folder, which is this user's alone
 * @returns deletes the file that the browser was given
 */
export async function openAddress(url: string, folder: string): Promise<() => Promise<void>> {
  const path = join(folder, openerFile)
  const remove = () => rm(path, { force: true }).catch(() => undefined)
  await remove()
  const written = await writeFile(path, pageTo(url), { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  )
  if (written) start(path)
  return remove
}

function start(path: string): void {
  const [program, before] = openers[process.platform] ?? ['xdg-open', []]
  const child = spawn(program, [...before, path], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
