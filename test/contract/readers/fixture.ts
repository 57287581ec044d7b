import { readFileSync } from 'node:fs'

/** Bytes of a file of test/fixtures; those under npz/ were written by numpy. */
export const fixture = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url)))
