import { randomBytes } from 'node:crypto'

/** A short id for command lines and links: twelve hexadecimal digits. */
export const newId = (): string => randomBytes(6).toString('hex')

export const now = (): string => new Date().toISOString()
