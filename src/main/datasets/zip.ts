import { promisify } from 'node:util'
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib'
import { WorkbenchError } from '../../shared/errors'

/**
 * A zip archive in memory, read by its central directory (with zip64, which numpy writes). Sizes and checksums are
 * verified: an archive that lies about either is refused, and inflates to no more than it promises.
 */
export interface ZipEntry {
  name: string
  deflated: boolean
  checksum: number
  /** Bytes when inflated. */
  size: number
  /** As they lie in the archive. */
  packed: Uint8Array
}

const endSignature = 0x06054b50
const end64LocatorSignature = 0x07064b50
const end64Signature = 0x06064b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
/** Shortest end record, and the longest comment after it. */
const endBytes = 22
const longestComment = 0xffff
/** A field that says "see the zip64 record". */
const wide16 = 0xffff
const wide32 = 0xffffffff
/** Largest entry that fits one buffer. */
const largestEntry = 4 * 1024 ** 3 - 1

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

const damaged = (where: string, message: string): WorkbenchError =>
  new WorkbenchError('NPZ_DAMAGED', message, { where, remedy: 'Copy it again; nothing was imported.' })

/** @throws NPZ_DAMAGED */
export function zipEntries(bytes: Uint8Array, where: string): ZipEntry[] {
  try {
    return readDirectory(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), where)
  } catch (error) {
    if (error instanceof RangeError) throw damaged(where, 'The archive ends too early')
    throw error
  }
}

function readDirectory(file: Buffer, where: string): ZipEntry[] {
  let { count, offset } = findDirectory(file, where)
  const entries: ZipEntry[] = []
  for (; count > 0; count--) {
    if (file.readUInt32LE(offset) !== centralSignature) throw damaged(where, 'The directory of the archive is damaged')
    const nameBytes = file.readUInt16LE(offset + 28)
    const extraBytes = file.readUInt16LE(offset + 30)
    const nameStart = offset + 46
    const name = file.toString('utf8', nameStart, nameStart + nameBytes)
    const extra = file.subarray(nameStart + nameBytes, nameStart + nameBytes + extraBytes)
    entries.push(readEntry(file, offset, name, extra, `${where}, ${name}`))
    offset = nameStart + nameBytes + extraBytes + file.readUInt16LE(offset + 32)
  }
  return entries
}

function findDirectory(file: Buffer, where: string): { count: number; offset: number } {
  const earliest = Math.max(0, file.length - endBytes - longestComment)
  let end = file.length - endBytes
  while (end >= earliest && file.readUInt32LE(end) !== endSignature) end--
  if (end < earliest || file.length < endBytes) throw damaged(where, 'The archive has no end: it is cut off')
  const count = file.readUInt16LE(end + 10)
  const offset = file.readUInt32LE(end + 16)
  if (count !== wide16 && offset !== wide32) return { count, offset }
  if (file.readUInt32LE(end - 20) !== end64LocatorSignature) return { count, offset }
  const wide = Number(file.readBigUInt64LE(end - 12))
  if (file.readUInt32LE(wide) !== end64Signature) throw damaged(where, 'The directory of the archive is damaged')
  return { count: Number(file.readBigUInt64LE(wide + 32)), offset: Number(file.readBigUInt64LE(wide + 48)) }
}

function readEntry(file: Buffer, central: number, name: string, extra: Buffer, where: string): ZipEntry {
  const flags = file.readUInt16LE(central + 8)
  const method = file.readUInt16LE(central + 10)
  if ((flags & 1) !== 0) throw damaged(where, 'The archive is encrypted')
  if (method !== 0 && method !== 8) throw damaged(where, `Compression method ${method} is unknown`)
  let size = file.readUInt32LE(central + 24)
  let packedBytes = file.readUInt32LE(central + 20)
  let local = file.readUInt32LE(central + 42)
  const wide = wideFields(extra)
  if (size === wide32) size = wide.next()
  if (packedBytes === wide32) packedBytes = wide.next()
  if (local === wide32) local = wide.next()
  if (file.readUInt32LE(local) !== localSignature) throw damaged(where, 'The directory of the archive is damaged')
  const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  if (begin + packedBytes > file.length) throw damaged(where, 'The archive ends too early')
  if (size > largestEntry) throw damaged(where, `${size.toLocaleString('en-US')} bytes are too many for one array`)
  const packed = file.subarray(begin, begin + packedBytes)
  return { name, deflated: method === 8, checksum: file.readUInt32LE(central + 16), size, packed }
}

/** Numbers of the zip64 extra field, in the order in which they are needed. */
function wideFields(extra: Buffer): { next(): number } {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2)
  at += 4
  return {
    next() {
      const value = Number(extra.readBigUInt64LE(at))
      at += 8
      return value
    },
  }
}

function verified(entry: ZipEntry, content: Uint8Array, where: string): Uint8Array {
  if (content.length !== entry.size) {
    const [promised, found] = [entry.size, content.length].map((bytes) => bytes.toLocaleString('en-US'))
    throw damaged(`${where}, ${entry.name}`, `${promised} bytes promised, ${found} found`)
  }
  if (crc32(content) !== entry.checksum) throw damaged(`${where}, ${entry.name}`, 'The checksum does not agree')
  return content
}

const bound = (entry: ZipEntry) => ({ maxOutputLength: Math.max(1, entry.size) })

const inflateFailed = (entry: ZipEntry, where: string, error: unknown): WorkbenchError =>
  damaged(
    `${where}, ${entry.name}`,
    `It cannot be inflated (${error instanceof Error ? error.message : String(error)})`,
  )

/** @throws NPZ_DAMAGED */
export function unpackSync(entry: ZipEntry, where: string): Uint8Array {
  if (!entry.deflated) return verified(entry, entry.packed, where)
  let content: Uint8Array
  try {
    content = inflateRawSync(entry.packed, bound(entry))
  } catch (error) {
    throw inflateFailed(entry, where, error)
  }
  return verified(entry, content, where)
}

/** Inflates in another thread. @throws NPZ_DAMAGED */
export async function unpack(entry: ZipEntry, where: string): Promise<Uint8Array> {
  if (!entry.deflated) return verified(entry, entry.packed, where)
  const content = await promisify<Uint8Array, object, Buffer>(inflateRaw)(entry.packed, bound(entry)).catch(
    (error: unknown) => {
      throw inflateFailed(entry, where, error)
    },
  )
  return verified(entry, content, where)
}
