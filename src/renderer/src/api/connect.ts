import { createTRPCClient, createWSClient, wsLink, type TRPCClient } from '@trpc/client'
import type { AppRouter } from '../../../main/api/router'
import { frameCodec, unchanged } from '../../../shared/codec'

const firstDelay = 250
const longestDelay = 3000

export type Api = TRPCClient<AppRouter>

export interface Connection {
  api: Api
  close(): Promise<void>
}

/** What a pipe to a served workbench has beside the pipe. */
export interface Session {
  /** Of the token's exchange; sent in the first frame. */
  secret(): string
  /** The socket was closed, with this code. */
  closed(code: number | undefined): void
  /** Whether it makes no sense to connect again. */
  over(): boolean
}

/** Longer than any window is open. */
const never = 2 ** 31 - 1

/**
 * A typed client over one pipe; it connects again by itself, and its subscriptions with it.
 * @param url ignored by a class that needs none
 * @param Socket the pipe
 */
export function connect(url: string, Socket: typeof WebSocket, session?: Session): Connection {
  const client = createWSClient({
    url,
    WebSocket: Socket,
    experimental_encoder: frameCodec(),
    retryDelayMs: (attempt) => {
      if (session?.over()) return never
      return attempt === 0 ? 0 : Math.min(firstDelay * 2 ** attempt, longestDelay)
    },
    ...(session === undefined
      ? {}
      : {
          connectionParams: () => ({ secret: session.secret() }),
          onClose: (cause?: { code?: number }) => session.closed(cause?.code),
          onError: () => session.closed(undefined),
        }),
  })
  return {
    api: createTRPCClient<AppRouter>({ links: [wsLink({ client, transformer: unchanged })] }),
    close: () => client.close(),
  }
}
