import type { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import type { PipeLog } from './api/refusal'
import { LineBudget } from './lineBudget'

export interface Log extends PipeLog {
  file: string
  /** What is told afterwards, by calls that were still under way, is not written. */
  close(): void
}

/** Where there is no room or no leave to write, there is no log, rather than no workbench. */
function openFile(folder: string, file: string): pino.DestinationStream & EventEmitter & { end(): void } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Of what waits to be written, so much is kept.
    return pino.destination({ dest: file, sync: true, mode: 0o600, maxLength: 1024 * 1024 })
  } catch {
    return new Writable({ write: (_chunk, _encoding, done) => done() })
  }
}

/** A log of JSON lines, one file a host and day. Says what happened, never what a user's data holds. */
export function openLog(folder: string, host: string): Log {
  const file = join(folder, `${host}-${new Date().toISOString().slice(0, 10)}.log`)
  const destination = openFile(folder, file)
  destination.on('error', () => undefined)
  const log = pino({ base: { pid: process.pid } }, destination)
  // Any page that this machine's browsers show can be refused at will: it shall not fill the disk.
  const budget = new LineBudget()
  let closed = false
  return {
    file,
    refused: (refusal) => {
      if (closed) return
      const passedOver = budget.take()
      if (passedOver !== null) log.warn({ ...refusal, ...(passedOver > 0 ? { passedOver } : {}) }, 'refused')
    },
    error: (error) => {
      // pino's destination throws on a line after its end, in the midst of whoever tells.
      if (!closed) log.error({ err: error instanceof Error ? error : new Error(String(error)) })
    },
    close: () => {
      if (closed) return
      closed = true
      destination.end()
    },
  }
}
