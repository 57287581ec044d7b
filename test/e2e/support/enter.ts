import type { BrowserContext } from '@playwright/test'
import { secretFragment } from '../../../src/shared/session'

/** What a browser has after the token's exchange. */
export interface Session {
  cookies: Awaited<ReturnType<BrowserContext['cookies']>>
  secret: string
}

/** Every link of the workbench then opens in this browser as from a bookmark. */
export async function resume(context: BrowserContext, { cookies, secret }: Session): Promise<void> {
  await context.addCookies(cookies)
  await context.addInitScript((value) => {
    if (location.protocol === 'http:') localStorage.setItem('gae-workbench-secret', value)
  }, secret)
}

/** Exchanges the printed address, without showing it. */
export async function enter(context: BrowserContext, url: string): Promise<Session> {
  const answer = await context.request.get(url, { maxRedirects: 0 })
  const secret = answer.headers()['location']?.split(secretFragment)[1] ?? ''
  const session = { cookies: await context.cookies(), secret }
  await resume(context, session)
  return session
}
