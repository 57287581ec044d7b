import { WorkbenchError } from '../../shared/errors'

/** Names that mean this machine alone. */
const names = ['127.0.0.1', 'localhost', '[::1]']

/** As a URL writes it: IPv6 in brackets. */
export const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/**
 * Refuses to listen where other machines reach.
 * @throws WorkbenchError HOST_NOT_LOOPBACK, with the way through SSH
 */
export function requireLoopback(host: string): void {
  if (names.includes(urlHost(host))) return
  throw new WorkbenchError(
    'HOST_NOT_LOOPBACK',
    `${host} is not this machine's loopback; the workbench serves nobody else`,
    {
      where: '--host',
      remedy: 'From elsewhere, use an SSH tunnel: ssh -L 8080:127.0.0.1:8080 THIS_MACHINE, and serve --port 8080 here.',
    },
  )
}

const highestPort = 65_535

/** @throws WorkbenchError BAD_PORT */
export function requirePort(port: number): void {
  if (Number.isInteger(port) && port >= 0 && port <= highestPort) return
  throw new WorkbenchError('BAD_PORT', `${port} is no port`, { where: '--port', remedy: `Take 0 to ${highestPort}.` })
}

/** True where the `Host` header names this server: another name would be a page that had its DNS rebound to it. */
export const isOwnHost = (host: string | undefined, port: number): boolean =>
  names.some((name) => host === `${name}:${port}` || (port === 80 && host === name))

/** True where a request comes from this server's own page. */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin !== undefined && host !== undefined && origin === `http://${host}`
