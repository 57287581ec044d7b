/** The page's own scheme; registered before the app is ready. */
export const scheme = 'app'
const host = 'workbench'
export const pageAddress = `${scheme}://${host}/`

/** True for the page itself, whatever its route. */
export function isPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === `${scheme}:` && url.host === host && url.pathname === '/'
}
