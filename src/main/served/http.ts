import { createReadStream } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { secretFragment } from '../../shared/session'
import type { PipeLog, Refusal } from '../api/refusal'
import { securityHeaders } from '../page/headers'
import type { RendererFile, RendererFiles } from '../page/rendererFiles'
import { isOwnHost, isOwnOrigin } from './loopback'
import type { Gate } from './token'

const usedUp = 'This address was used already or is not whole. Start the workbench again for a new one.'

const refusals = {
  FOREIGN_HOST: [403, 'Not a name of this server.'],
  FOREIGN_PAGE: [403, 'Asked for by another page.'],
  METHOD: [405, 'Only GET.'],
  BAD_PATH: [400, 'This is no path.'],
  BAD_TOKEN: [403, usedUp],
  NO_COOKIE: [403, usedUp],
  NO_FILE: [404, 'There is no such file.'],
  PREFETCH: [503, 'This address is good for one use, and that is not to look at it in advance.'],
} as const

type Reason = keyof typeof refusals

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
export function isForeign({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host)) return true
  const site = headers['sec-fetch-site']
  const navigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return site !== undefined && site !== 'same-origin' && site !== 'none' && !navigation
}

/** A browser or a program that only looks at an address, to show it sooner or smaller. */
const looksAhead = ({ headers }: IncomingMessage): boolean =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) => /prefetch|prerender|preview/.test(`${headers[name]}`))

/**
 * Where the exchange leads. From a page elsewhere, or from a file that opened the browser, a redirect would be sent
 * without the new cookie, as the way began there; a page of our own is another beginning.
 */
function lead(request: IncomingMessage, response: ServerResponse, to: string): void {
  if (request.headers['sec-fetch-site'] !== 'cross-site') return answer(response, 303, '', { Location: to })
  const page = `<!doctype html><title>GAE Workbench</title><meta http-equiv="refresh" content="0;url=${to}">`
  answer(response, 200, page, { 'Content-Type': 'text/html; charset=utf-8' })
}

/** The path as it was sent: nothing is decoded or resolved, so it is the name of a file of the page or of none. */
function split(url: string): { path: string; token: string | null } {
  const at = url.indexOf('?')
  if (at < 0) return { path: url, token: null }
  return { path: url.slice(0, at), token: new URLSearchParams(url.slice(at)).get('token') }
}

export function pathClass(path: string): NonNullable<Refusal['path']> {
  if (path === '/') return 'page'
  if (path === '/api') return 'api'
  return path.startsWith('/assets/') ? 'asset' : 'other'
}

export interface PageOptions {
  files: RendererFiles
  gate: Gate
  port: number
  log: PipeLog
}

/** Answers with the page's files, to its own browser alone. */
export function pageListener({ files, gate, port, log }: PageOptions): RequestListener {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, token } = split(request.url ?? '')
    const { host } = request.headers
    const refuse = (reason: Reason): void => {
      const [status, text] = refusals[reason]
      const { method = '', socket } = request
      log.refused({ reason, method, path: pathClass(path), address: socket.remoteAddress ?? '' })
      answer(response, status, text, { Connection: 'close', ...(status === 405 ? { Allow: 'GET, HEAD' } : {}) })
    }
    const own = isOwnHost(host, port)
    for (const [name, value] of Object.entries(securityHeaders(own ? [`ws://${host}`] : []))) {
      response.setHeader(name, value)
    }
    if (!own) return refuse('FOREIGN_HOST')
    if (isForeign(request)) return refuse('FOREIGN_PAGE')
    const head = request.method === 'HEAD'
    if (request.method !== 'GET' && !head) return refuse('METHOD')
    // A whole URL asks for a proxy.
    if (!path.startsWith('/')) return refuse('BAD_PATH')
    const admitted = gate.admits(request.headers.cookie)
    if (path === '/' && token !== null) {
      if (looksAhead(request)) return refuse('PREFETCH')
      if (head) return answer(response, 200, '')
      const admission = gate.exchange(token)
      if (!admitted && admission === null) return refuse('BAD_TOKEN')
      if (admission === null) return lead(request, response, '/')
      response.setHeader('Set-Cookie', admission.cookie)
      return lead(request, response, `/${secretFragment}${admission.secret}`)
    }
    if (!admitted) return refuse('NO_COOKIE')
    const file = files.get(path)
    return file === undefined ? refuse('NO_FILE') : sendFile(response, file, head)
  }
  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A reader that went away in the middle, or a file that the build took away: nothing more can be said here.
      if (response.headersSent) return response.destroy()
      log.error(error)
      answer(response, 500, 'The file could not be read. Start the workbench again.')
    })
  }
}
