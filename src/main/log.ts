import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

export interface Log {
  file: string
  info(fields: object, message: string): void
  error(error: unknown): void
  close(): void
}

/** A log of JSON lines, one file a host and day. Says what happened, never what a user's data holds. */
export function openLog(folder: string, host: string): Log {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${host}-${new Date().toISOString().slice(0, 10)}.log`)
  const destination = pino.destination({ dest: file, sync: true })
  const log = pino({ base: { pid: process.pid } }, destination)
  return {
    file,
    info: (fields, message) => log.info(fields, message),
    error: (error) => log.error({ err: error instanceof Error ? error : new Error(String(error)) }),
    close: () => destination.end(),
  }
}
