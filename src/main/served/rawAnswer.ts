import type { Duplex } from 'node:stream'

/** Answers on a socket that is no longer, or was never, a request of Node's server, and lets it go. */
export function answerRaw(socket: Duplex, status: string): void {
  // Nobody else listens here any more: an end that hangs up at once would end the process.
  socket.on('error', () => socket.destroy())
  // The other end may keep its half open for ever.
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
