import { WorkbenchError } from './errors'

/** Values in one frame; numbers by the million cross as typed arrays, which count as one. */
const mostValues = 4_000_000
/** A request's own nesting is under ten. */
const deepest = 64

const malformed = (what: string): WorkbenchError =>
  new WorkbenchError('FRAME_MALFORMED', `A message is ${what}`, {
    remedy: 'Load the page anew; it may be older than the workbench.',
  })

/** What follows a head byte: bytes to pass over, then values that are nested in it. */
interface Extent {
  bytes: number
  values: number
}

const leaf = (bytes: number): Extent => ({ bytes, values: 0 })

/** Bytes after the heads 0xca to 0xd3: float 32, 64, then unsigned and signed integers of 8 to 64 bits. */
const numberBytes = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8]

/** @param length reads an unsigned number of so many bytes after the head */
function extentOf(head: number, length: (bytes: 1 | 2 | 4) => number): Extent {
  if (head < 0x80 || head >= 0xe0) return leaf(0)
  if (head < 0x90) return { bytes: 0, values: 2 * (head & 0x0f) }
  if (head < 0xa0) return { bytes: 0, values: head & 0x0f }
  if (head < 0xc0) return leaf(head & 0x1f)
  if (head >= 0xca && head <= 0xd3) return leaf(numberBytes[head - 0xca] ?? 0)
  // Extensions of fixed length: a type, then 1 to 16 bytes.
  if (head >= 0xd4 && head <= 0xd8) return leaf(1 + 2 ** (head - 0xd4))
  switch (head) {
    case 0xc0:
    case 0xc2:
    case 0xc3:
      return leaf(0)
    case 0xc4:
    case 0xd9:
      return leaf(1 + length(1))
    case 0xc5:
    case 0xda:
      return leaf(2 + length(2))
    case 0xc6:
    case 0xdb:
      return leaf(4 + length(4))
    case 0xc7:
      return leaf(2 + length(1))
    case 0xc8:
      return leaf(3 + length(2))
    case 0xc9:
      return leaf(5 + length(4))
    case 0xdc:
      return { bytes: 2, values: length(2) }
    case 0xdd:
      return { bytes: 4, values: length(4) }
    case 0xde:
      return { bytes: 2, values: 2 * length(2) }
    case 0xdf:
      return { bytes: 4, values: 2 * length(4) }
    default:
      return { bytes: Infinity, values: 0 }
  }
}

/**
 * Walks through a MessagePack frame without making anything of it. The decoder makes room for an array's elements before
 * it has seen them, so forty nested arrays that claim to be long, two hundred bytes, would end the process.
 * @throws WorkbenchError FRAME_MALFORMED where it is not one whole value, nests too deep, or holds too many values
 */
export function checkFrame(frame: Uint8Array): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const { byteLength } = view
  /** Values left to pass at each level. */
  const left = [1]
  let at = 0
  let claimed = 1
  const length = (bytes: 1 | 2 | 4): number => {
    if (at + bytes > byteLength) throw malformed('cut off')
    return bytes === 1 ? view.getUint8(at) : bytes === 2 ? view.getUint16(at) : view.getUint32(at)
  }
  while (left.length > 0) {
    const level = left.length - 1
    const waiting = left[level] ?? 0
    if (waiting === 0) {
      left.pop()
      continue
    }
    left[level] = waiting - 1
    if (at >= byteLength) throw malformed('cut off')
    const { bytes, values } = extentOf(view.getUint8(at++), length)
    at += bytes
    claimed += values
    if (at > byteLength) throw malformed('cut off')
    if (claimed > mostValues) throw malformed(`of more than ${mostValues} values`)
    if (values === 0) continue
    if (left.length > deepest) throw malformed(`nested deeper than ${deepest}`)
    left.push(values)
  }
  if (at < byteLength) throw malformed('followed by something else')
}
