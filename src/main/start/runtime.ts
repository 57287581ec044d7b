import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Until the first bytes come; a machine without network must not wait long for its browser. */
const firstBytesMilliseconds = 3000

/** As much of @electron/get as is used; it comes with electron. */
interface ElectronGet {
  downloadArtifact(options: {
    version: string
    artifactName: string
    platform: string
    arch: string
    checksums: Record<string, string>
    downloadOptions: { quiet: boolean; signal: AbortSignal; getProgressCallback(progress: { percent: number }): void }
  }): Promise<string>
}

/** The folder of Electron's package, a development dependency which may be absent. */
export function electronFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

/** Electron's runtime, which its package does not hold but fetches. */
export class Runtime {
  /** @param folder Electron's package, or null where it is not installed */
  constructor(private readonly folder: string | null) {}

  get sandboxPath(): string {
    return join(this.folder ?? '', 'dist', 'chrome-sandbox')
  }

  /** The program to start, or null where it was not fetched yet. */
  get program(): string | null {
    const { folder } = this
    if (folder === null) return null
    const named = join(folder, 'path.txt')
    if (!existsSync(named)) return null
    const program = join(folder, 'dist', readFileSync(named, 'utf8').trim())
    return existsSync(program) ? program : null
  }

  /**
   * Fetches and unpacks the runtime, once.
   * @param onProgress share of the download, 0..1
   * @returns the program, or the reason why there is none
   */
  async fetch(onProgress: (share: number) => void): Promise<{ program: string } | { refused: string }> {
    const { folder } = this
    if (folder === null) return { refused: 'the electron package is not installed' }
    try {
      await this.#download(folder, onProgress)
      await unpack(folder)
    } catch (error) {
      return { refused: reason(error) }
    }
    const { program } = this
    return program === null ? { refused: 'it was fetched but not unpacked' } : { program }
  }

  async #download(folder: string, onProgress: (share: number) => void): Promise<void> {
    const near = createRequire(join(folder, 'package.json'))
    const { downloadArtifact } = near('@electron/get') as ElectronGet
    const { version } = near('./package.json') as { version: string }
    const stop = new AbortController()
    const patience = setTimeout(
      () => stop.abort(new Error(`no answer within ${firstBytesMilliseconds / 1000} s`)),
      firstBytesMilliseconds,
    )
    try {
      await downloadArtifact({
        version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums: near('./checksums.json') as Record<string, string>,
        downloadOptions: {
          quiet: true,
          signal: stop.signal,
          getProgressCallback: ({ percent }) => {
            clearTimeout(patience)
            onProgress(percent)
          },
        },
      })
    } finally {
      clearTimeout(patience)
    }
  }
}

/** Electron's own installer finds the download in its cache and unpacks it. */
const unpack = (folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const installer = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'inherit'] })
    installer.once('error', reject)
    installer.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`its installer ended with code ${code}`)),
    )
  })

/** `fetch failed` says nothing; its cause does. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
