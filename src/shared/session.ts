import { z } from 'zod'

/** How a page of the served workbench proves that it is the one that the printed address let in. */

/** In the fragment of the address that the token's exchange leads to: `/#secret=...`. A fragment is sent to nobody. */
export const secretFragment = '#secret='

/** A socket's first frame, as tRPC's client sends what it calls connection parameters. */
export const firstFrameSchema = z.object({
  method: z.literal('connectionParams'),
  data: z.object({ secret: z.string() }),
})

/** A socket whose first frame lacks the secret is closed with this code. */
export const secretRefused = 4401
