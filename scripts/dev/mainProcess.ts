import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { secretOf } from '../../src/main/served/socket'
import { frameCodec } from '../../src/shared/codec'
import { secretFragment, secretRefused } from '../../src/shared/session'

interface Running {
  child: ChildProcess
  ended: Promise<void>
  host: string
  cookie: string
  secret: string
}

const codec = frameCodec()

/** WebSocket's code for a server that cannot answer now. */
const tryAgainLater = 1013

/**
 * The served workbench, started anew after each build. It is the product's, with all its checks: this process is the
 * one browser that its one-time address lets in, and hands the sockets of the page on.
 */
export class MainProcess {
  #current: Promise<Running | null> = Promise.resolve(null)

  /** @param command the program and its options */
  constructor(private readonly command: string[]) {}

  /** Ends the one that runs, as Ctrl-C does, and starts another. */
  restart(): Promise<void> {
    this.#current = this.close()
      .then(() => start(this.command))
      .catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error)
        return null
      })
    return this.#current.then(() => undefined)
  }

  async close(): Promise<void> {
    const running = await this.#current
    running?.child.kill()
    await running?.ended
  }

  /**
   * Connects a socket of the page with the workbench, which is told its own secret in the place of the page's.
   * @param page open, and let in by cookie, Host and Origin
   * @param admits whether the page's first frame holds the secret of this server
   */
  connect(page: WebSocket, admits: (secret: string) => boolean): void {
    page.on('error', () => page.terminate())
    page.once('message', (first: Buffer) => {
      if (!admits(secretOf(codec, first))) return page.close(secretRefused, 'NO_SECRET')
      void this.#relay(page)
    })
  }

  async #relay(page: WebSocket): Promise<void> {
    // What the page says before the workbench listens is kept, in order.
    const waiting: { data: Buffer; binary: boolean }[] = []
    const keep = (data: Buffer, binary: boolean) => void waiting.push({ data, binary })
    page.on('message', keep)
    const running = await this.#current
    if (running === null) return page.close(tryAgainLater)
    const { host, cookie, secret } = running
    const upstream = new WebSocket(`ws://${host}/api`, { headers: { origin: `http://${host}`, cookie } })
    upstream.once('open', () => {
      upstream.send(codec.encode({ method: 'connectionParams', data: { secret } }))
      for (const { data, binary } of waiting) upstream.send(data, { binary })
      page.off('message', keep)
      page.on('message', (data: Buffer, binary) => upstream.send(data, { binary }))
    })
    upstream.on('message', (data: Buffer, binary) => page.send(data, { binary }))
    upstream.on('error', () => page.terminate())
    upstream.on('close', () => page.terminate())
    page.on('close', () => upstream.terminate())
  }
}

async function start(command: string[]): Promise<Running> {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => {
      throw new Error('The workbench ended at its start; it is started again after the next change.')
    }),
  ])
  const { url } = JSON.parse(line) as { url: string }
  const answer = await fetch(url, { redirect: 'manual' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const secret = answer.headers.get('location')?.split(secretFragment)[1] ?? ''
  return { child, ended, host: new URL(url).host, cookie, secret }
}
