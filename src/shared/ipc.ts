import { z } from 'zod'

/** The one channel between the page and the main process, in both directions. */
export const pipeChannel = 'workbench:pipe'
/** A page asks to import a file by its path; the preload alone sends this. */
export const grantChannel = 'workbench:grant'

/** A socket's number within its page. */
const socket = z.int().positive()
const frame = z.union([z.instanceof(Uint8Array), z.string()])

/** From the page. A `taken` tells how many bytes the page has worked off, so that main knows a slow reader. */
export const pipeRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), socket }),
  z.strictObject({ type: z.literal('frame'), socket, data: frame }),
  z.strictObject({ type: z.literal('taken'), socket, bytes: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('close'), socket }),
])
export type PipeRequest = z.infer<typeof pipeRequestSchema>

/** To the page. */
export type PipeEvent =
  | { type: 'open'; socket: number }
  | { type: 'frame'; socket: number; data: Uint8Array<ArrayBuffer> | string }
  | { type: 'close'; socket: number; code: number; reason: string }

/** What the preload puts into the page as `window.workbenchBridge`. */
export interface Bridge {
  send(message: PipeRequest): void
  /** @returns how to stop listening */
  onEvent(listener: (event: PipeEvent) => void): () => void
  /**
   * The path of a file that the user dropped or chose, and leave to read it once; '' where the file has no path.
   */
  grantPath(file: File): string
}
