import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { securityHeaders } from '../page/headers'
import type { RendererFiles } from '../page/rendererFiles'
import { pageAddress, scheme } from './origin'

/** Must run before the app is ready: the scheme then counts as an origin of its own, with fetch and streams. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Serves the page's files at `app://workbench/`, and nothing else. Must run before the first page is loaded. */
export function servePage(files: RendererFiles): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    const headers = securityHeaders([])
    if (url.host !== new URL(pageAddress).host || request.method !== 'GET') {
      return new Response(null, { status: 403, headers })
    }
    const file = files.get(url.pathname)
    if (file === undefined) return new Response(null, { status: 404, headers })
    const body = new Uint8Array(await readFile(file.path))
    return new Response(body, { headers: { ...headers, 'Content-Type': file.type } })
  })
}
