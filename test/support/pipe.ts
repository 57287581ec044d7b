import type { Api } from '../../src/renderer/src/api/connect'

/** Both ends of a pipe, and what may happen to it. */
export interface Pipe {
  api: Api
  /** Breaks the connection without a word. */
  cut(): void
  /** The page reads no more, for a while. */
  pauseReading(): void
  resumeReading(): void
  close(): Promise<void>
}
