import { describeBrowser, findBrowser } from './browser'
import buildOnce from './built'

/** Builds what is stale, and says which browser the specs run in. */
export default async function setup(): Promise<void> {
  buildOnce()
  console.log(describeBrowser(await findBrowser()))
}
