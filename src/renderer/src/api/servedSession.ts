import { shallowRef } from 'vue'
import { secretFragment, secretRefused } from '../../../shared/session'
import type { Session } from './connect'

/** Of this origin, its port included: pages of other ports have storages of their own. */
const key = 'gae-workbench-secret'

/** True once the workbench at this address no longer knows this page: it was started anew. */
export const sessionOver = shallowRef(false)

/** Takes the secret out of the address that the token's exchange led to, before anybody reads or keeps that. */
function takeSecret(): void {
  if (!location.hash.startsWith(secretFragment)) return
  localStorage.setItem(key, location.hash.slice(secretFragment.length))
  history.replaceState(history.state, '', location.pathname)
}

/** Whether the workbench refuses the page; one that does not answer may come back. */
async function isRefused(): Promise<boolean> {
  const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return answer?.status === 403
}

/** This page's session with the workbench that served it; reload and new tabs of the same browser go on with it. */
export function servedSession(): Session {
  takeSecret()
  return {
    secret: () => localStorage.getItem(key) ?? '',
    closed: (code) => {
      if (code === secretRefused) sessionOver.value = true
      else void isRefused().then((refused) => (sessionOver.value ||= refused))
    },
    over: () => sessionOver.value,
  }
}
