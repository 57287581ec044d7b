/** The programs that run beside main; each is an entry of the build. */
export type ChildEntry = 'trainer' | 'analyst' | 'bench'

export interface ChildExit {
  code: number | null
  signal: string | null
  /** The last lines that it wrote to stderr. */
  stderr: string
}

/** A child process as main sees it, the same over both adapters. Messages are structured clones. */
export interface Child {
  readonly pid: number | undefined
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also where the process could not be started. */
  onExit(listener: (exit: ChildExit) => void): void
  kill(): void
}

export type Launch = (entry: ChildEntry) => Child

const kept = 4000

/** Keeps the end of a stream of text. */
export function tail(): { push(chunk: string): void; text(): string } {
  let text = ''
  return {
    push: (chunk) => {
      text = (text + chunk).slice(-kept)
    },
    text: () => text.trim(),
  }
}
