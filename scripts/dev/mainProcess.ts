import { spawn, type ChildProcess } from 'node:child_process'
import { request as ask, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import { answerRaw } from '../../src/main/served/rawAnswer'

interface Running {
  child: ChildProcess
  ended: Promise<void>
  host: string
  cookie: string
}

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

  /** Connects a socket of the page, whose right to it was checked, with the workbench. */
  async connect({ headers }: IncomingMessage, socket: Duplex): Promise<void> {
    socket.on('error', () => socket.destroy())
    const running = await this.#current
    if (running === null) return answerRaw(socket, '503 Service Unavailable')
    const { host, cookie } = running
    const upstream = ask(`http://${host}/api`, { headers: { ...headers, host, origin: `http://${host}`, cookie } })
    upstream.once('upgrade', ({ rawHeaders }, there, head) => {
      const lines = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`))
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
      socket.write(head)
      there.on('error', () => socket.destroy())
      socket.on('close', () => there.destroy())
      there.pipe(socket).pipe(there)
    })
    upstream.once('response', ({ statusCode }) => answerRaw(socket, `${statusCode} Refused`))
    upstream.once('error', () => answerRaw(socket, '502 Bad Gateway'))
    upstream.end()
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
  return { child, ended, host: new URL(url).host, cookie }
}
