import { readdir, readFile } from 'node:fs/promises'
import { connect as connectSocket, type Socket } from 'node:net'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { frameCodec } from '../../src/shared/codec'
import { buildIfStale } from '../../scripts/build.mjs'
import { enter } from './servedPipe'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from '../e2e/support/workbench'

const codec = frameCodec()

/** An answer of the protocol, as much of it as tests look at. */
export interface Reply {
  id: number | string | null
  result?: { data?: unknown }
  error?: { message: string; data: { code: string; workbench: { code: string; message: string } } }
}

/** A socket of the page that sends whatever it is told to. */
export class RawPage {
  readonly #replies: Reply[] = []
  #wake: (() => void) | null = null
  /** WebSocket's close code, once it is closed. */
  readonly closed: Promise<number>

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.#replies.push(codec.decode(data) as Reply)
      this.#wake?.()
    })
    socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => socket.once('close', resolve))
  }

  /** The next answer, whatever it is to. */
  async reply(): Promise<Reply> {
    for (;;) {
      const next = this.#replies.shift()
      if (next !== undefined) return next
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  call(method: string, path: string, input?: unknown): Promise<Reply> {
    this.socket.send(codec.encode({ id: 1, method, params: { path, input } }))
    return this.reply()
  }
}

/** The built program, served on a data folder of its own, and what an attacker can send it. */
export class ServedProcess {
  private constructor(
    readonly workbench: ServedWorkbench,
    readonly port: number,
    readonly token: string,
    readonly cookie: string,
    readonly secret: string,
  ) {}

  /** @param data its folder; a temporary one where none is named */
  static async start(data?: string): Promise<ServedProcess> {
    buildIfStale()
    return ServedProcess.of(await startWorkbench(data ?? (await temporaryFolder())))
  }

  /** One that runs; its address is used up. */
  static async of(workbench: ServedWorkbench): Promise<ServedProcess> {
    const { port, searchParams } = new URL(workbench.url)
    const { cookie, secret } = await enter(workbench)
    return new ServedProcess(workbench, Number(port), searchParams.get('token') ?? '', cookie, secret)
  }

  get host(): string {
    return `127.0.0.1:${this.port}`
  }

  /** A TCP connection; an error is an end. */
  connect(): Socket {
    const socket = connectSocket(this.port, '127.0.0.1')
    socket.on('error', () => undefined)
    return socket
  }

  /** Sends bytes as they are. @returns all that came back until the other end closed the connection */
  raw(bytes: string | Buffer): Promise<string> {
    const socket = this.connect()
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
    return new Promise((resolve) => socket.once('close', () => resolve(text)))
  }

  /** One GET of exactly this target, with the page's cookie. @returns status and body */
  async get(target: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
    const lines = Object.entries({ Host: this.host, Cookie: this.cookie, Connection: 'close', ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
    const text = await this.raw(`GET ${target} HTTP/1.1\r\n${lines}\r\n`)
    const [head = '', ...rest] = text.split('\r\n\r\n')
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), body: rest.join('\r\n\r\n') }
  }

  /** A socket of the page itself. @param secret what it says of itself; nothing where null */
  page(secret: string | null = this.secret): Promise<RawPage> {
    const headers = { cookie: this.cookie, origin: `http://${this.host}` }
    const socket = new WebSocket(`ws://${this.host}/api`, { headers })
    return new Promise((resolve, reject) => {
      socket.once('open', () => {
        if (secret !== null) socket.send(codec.encode({ method: 'connectionParams', data: { secret } }))
        resolve(new RawPage(socket))
      })
      socket.once('error', reject)
    })
  }

  /** True where the same process still answers the page's requests and calls. */
  async answers(): Promise<boolean> {
    const page = await this.page()
    const reply = await page.call('query', 'runs.list')
    page.socket.terminate()
    const { status } = await this.get('/')
    return status === 200 && Array.isArray(reply.result?.data)
  }

  /** Lines of the log, as JSON. */
  async log(): Promise<Record<string, unknown>[]> {
    const text = await this.logText()
    return text
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  async logText(): Promise<string> {
    const folder = join(this.workbench.data, 'logs')
    const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'))
    return (await Promise.all(texts)).join('')
  }

  async stop(): Promise<void> {
    await this.workbench.stop()
    await removeFolder(this.workbench.data)
  }
}
