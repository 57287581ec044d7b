import { createReadStream } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { securityHeaders } from '../page/headers'
import type { RendererFile, RendererFiles } from '../page/rendererFiles'
import { isOwnHost, isOwnOrigin } from './loopback'
import type { Gate } from './token'

function answer(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers })
  response.end(text)
}

async function sendFile(response: ServerResponse, file: RendererFile, head: boolean): Promise<void> {
  response.setHeader('Content-Type', file.type)
  response.setHeader('Cache-Control', file.immutable ? 'private, max-age=31536000, immutable' : 'no-store')
  if (head) response.end()
  else await pipeline(createReadStream(file.path), response)
}

/** A page elsewhere may neither embed nor fetch; `none` is an address that was typed or clicked outside a browser. */
function isForeign({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host)) return true
  const site = headers['sec-fetch-site']
  const navigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return site !== undefined && site !== 'same-origin' && site !== 'none' && !navigation
}

/** Answers with the page's files, to its own browser alone. */
export function pageListener(files: RendererFiles, gate: Gate, port: number): RequestListener {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnHost(request.headers.host, port)) return answer(response, 403, 'Not a name of this server.')
    for (const [name, value] of Object.entries(securityHeaders([`ws://${request.headers.host}`]))) {
      response.setHeader(name, value)
    }
    if (isForeign(request)) return answer(response, 403, 'Asked for by another page.')
    const head = request.method === 'HEAD'
    if (request.method !== 'GET' && !head) return answer(response, 405, 'Only GET.', { Allow: 'GET, HEAD' })
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const token = url.searchParams.get('token')
    const admitted = gate.admits(request.headers.cookie)
    if (url.pathname === '/' && token !== null) {
      const cookie = admitted ? null : gate.exchange(token)
      if (cookie !== null) response.setHeader('Set-Cookie', cookie)
      if (admitted || cookie !== null) return answer(response, 303, '', { Location: '/' })
    }
    if (!admitted) {
      return answer(
        response,
        403,
        'This address was used already or is not whole. Start the workbench again for a new one.',
      )
    }
    const file = files.get(url.pathname)
    if (file === undefined) return answer(response, 404, 'There is no such file.')
    return sendFile(response, file, head)
  }
  return (request, response) => {
    serve(request, response).catch(() => {
      // A reader that went away in the middle, or a file that the build took away: nothing more can be said here.
      if (response.headersSent) response.destroy()
      else answer(response, 500, 'The file could not be read. Start the workbench again.')
    })
  }
}
