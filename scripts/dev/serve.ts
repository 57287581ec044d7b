import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { resolveConfig } from 'electron-vite'
import { WebSocketServer } from 'ws'
import { build, createServer as createVite, mergeConfig, type InlineConfig, type Rolldown } from 'vite'
import { securityHeaders } from '../../src/main/page/headers'
import { isForeign, pageListener } from '../../src/main/served/http'
import { isOwnHost, isOwnOrigin } from '../../src/main/served/loopback'
import { answerRaw } from '../../src/main/served/rawAnswer'
import { apiPaths } from '../../src/main/served/socket'
import { Gate } from '../../src/main/served/token'
import { frameLimit } from '../../src/shared/codec'
import { build as buildAll } from '../build.mjs'
import { MainProcess } from './mainProcess'

/** Beside `out/main`, so that all that a program finds by its own place is where it looks. */
const programs = 'out/dev'
const loopback = '127.0.0.1'

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => resolve((server.address() as AddressInfo).port))
  })

/** Builds main whenever its sources change. @param onBuilt after each build that succeeded */
async function follow(config: InlineConfig, onBuilt: () => Promise<void>): Promise<() => Promise<void>> {
  const watched = mergeConfig(config, { logLevel: 'warn', build: { outDir: programs, watch: {} } })
  const watcher = (await build(watched)) as Rolldown.RolldownWatcher
  await new Promise<void>((resolve) => {
    watcher.on('event', async (event) => {
      if (event.code === 'BUNDLE_END') await event.result.close()
      if (event.code === 'ERROR') console.error(event.error.message)
      if (event.code === 'END') await onBuilt()
      if (event.code === 'END' || event.code === 'ERROR') resolve()
    })
  })
  return () => watcher.close()
}

/**
 * The page from its sources in front of the served workbench. The rules of the product hold for all of it, Vite's own
 * socket too: its code decides who comes in, and answers whoever does not.
 * @param options of `serve`
 */
export async function serve(root: string, wanted: number, options: string[]) {
  // The served workbench does not start without a page of its own.
  if (!existsSync(join(root, 'out/renderer/index.html'))) buildAll()
  const { config } = await resolveConfig({ root }, 'serve', 'development')
  const main = new MainProcess([join(root, programs, 'cli.js'), 'serve', '--json', '--port', '0', ...options])
  const server = createServer()
  const port = await listen(server, wanted)
  const gate = new Gate(port)
  // Vite listens here for sockets; those that may come in are handed to it.
  const hot = createServer()
  const vite = await createVite(
    mergeConfig(config?.renderer ?? {}, {
      root: join(root, 'src/renderer'),
      logLevel: 'warn',
      server: { middlewareMode: true, ws: { server: hot }, cors: false },
    }),
  )
  const admits = ({ headers }: IncomingMessage): boolean => isOwnHost(headers.host, port) && gate.admits(headers.cookie)

  const log = {
    refused: ({ reason, path }: { reason: string; path?: string }) => console.error(`Refused: ${reason} (${path})`),
    error: (error: unknown) => console.error(error),
  }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameLimit, perMessageDeflate: false })
  const product = pageListener({ files: new Map(), gate, port, log })
  server.on('request', (request, response) => {
    const { url = '', method, headers } = request
    const plain = method === 'GET' && url.startsWith('/') && !url.startsWith('/?token=')
    if (!plain || !admits(request) || isForeign(request)) return product(request, response)
    for (const [name, value] of Object.entries(securityHeaders([`ws://${headers.host}`]))) {
      response.setHeader(name, value)
    }
    vite.middlewares(request, response)
  })
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const { origin, host } = request.headers
    if (!admits(request) || !isOwnOrigin(origin, host)) return answerRaw(socket, '403 Forbidden')
    if (apiPaths.includes(request.url ?? '')) {
      return sockets.handleUpgrade(request, socket, head, (page) => main.connect(page, (said) => gate.knows(said)))
    }
    if (request.headers['sec-websocket-protocol'] === 'vite-hmr') return void hot.emit('upgrade', request, socket, head)
    answerRaw(socket, '404 Not Found')
  })
  const stop = await follow({ ...config?.main, root }, () => main.restart())
  return {
    url: `http://${loopback}:${port}/?token=${gate.token}`,
    close: async () => {
      await Promise.all([stop(), main.close(), vite.close()])
      server.close()
      server.closeAllConnections()
    },
  }
}
