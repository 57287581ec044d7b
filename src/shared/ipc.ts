import { z } from 'zod'

/** A socket's number within its page. */
const socket = z.int().positive()

/** From the page. `taken` tells how many bytes the page has worked off, so that main knows a slow reader. */
export const pipeRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), socket }),
  z.strictObject({ type: z.literal('frame'), socket, data: z.union([z.instanceof(Uint8Array), z.string()]) }),
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
  send(request: PipeRequest): void
  onEvent(listener: (event: PipeEvent) => void): void
  /** The path of a file that the user dropped or chose, with leave to import it once; '' where it has none. */
  grantPath(file: File): string
}
