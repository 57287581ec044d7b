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

/**
 * A typed client over one pipe; it connects again by itself, and its subscriptions with it.
 * @param url ignored by a class that needs none
 * @param Socket the pipe
 */
export function connect(url: string, Socket: typeof WebSocket): Connection {
  const client = createWSClient({
    url,
    WebSocket: Socket,
    experimental_encoder: frameCodec(),
    retryDelayMs: (attempt) => (attempt === 0 ? 0 : Math.min(firstDelay * 2 ** attempt, longestDelay)),
  })
  return {
    api: createTRPCClient<AppRouter>({ links: [wsLink({ client, transformer: unchanged })] }),
    close: () => client.close(),
  }
}
