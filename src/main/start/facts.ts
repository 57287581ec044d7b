import { readFile, stat } from 'node:fs/promises'
import type { BrowserFacts, Facts } from './place'

const restriction = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
const setuidRoot = 0o4755
const modeBits = 0o7777

const isSet = (name: string): boolean => (process.env[name] ?? '') !== ''

async function namespacesRestricted(): Promise<boolean> {
  const text = await readFile(restriction, 'utf8').catch(() => '0')
  return text.trim() === '1'
}

async function isSandboxHelper(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && found.uid === 0 && (found.mode & modeBits) === setuidRoot
}

/** What this machine says. @param sandboxPath Electron's `chrome-sandbox` */
export async function gatherFacts(forced: Facts['forced'], sandboxPath: string): Promise<Facts & BrowserFacts> {
  return {
    forced,
    platform: process.platform,
    uid: process.getuid?.() ?? null,
    display: isSet('DISPLAY') || isSet('WAYLAND_DISPLAY'),
    ci: isSet('CI'),
    namespacesRestricted: await namespacesRestricted(),
    sandboxHelper: await isSandboxHelper(sandboxPath),
  }
}
