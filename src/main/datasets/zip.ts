import { crc32, inflateRawSync } from 'node:zlib'
import { WorkbenchError } from '../../shared/errors'

/**
 * A zip archive, read by its central directory (with zip64, which numpy writes). Nothing is inflated here: what an
 * archive promises is compared with what it holds by whoever inflates.
 */
export interface ZipEntry {
  name: string
  deflated: boolean
  checksum: number
  /** Bytes when inflated, and as they lie in the archive. */
  size: number
  packedBytes: number
  /** Where its own header lies. */
  local: number
}

const endSignature = 0x06054b50
const end64LocatorSignature = 0x07064b50
const end64Signature = 0x06064b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
/** Shortest end record, and the longest comment after it. */
const endBytes = 22
const longestComment = 0xffff
/** The zip64 end record with its locator. */
const end64Bytes = 56 + 20
/** A field that says "see the zip64 record". */
const wide16 = 0xffff
const wide32 = 0xffffffff
/** Largest directory that is read. */
const largestDirectory = 16 * 1024 * 1024
/** Bytes of an entry's own header before its name. */
const localBytes = 30

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

export const zipDamaged = (where: string, message: string): WorkbenchError =>
  new WorkbenchError('NPZ_DAMAGED', message, { where, remedy: 'Copy it again; nothing was imported.' })

const directoryDamaged = (where: string): WorkbenchError => zipDamaged(where, 'The directory of the archive is damaged')

type ReadBytes<Result> = (at: number, length: number) => Result

/** What is read, one place after the other, each depending on the one before. */
function* directoryReads(size: number, where: string): Generator<[at: number, length: number], ZipEntry[], Buffer> {
  const start = Math.max(0, size - endBytes - longestComment - end64Bytes)
  const { count, offset, end } = findDirectory(yield [start, size - start], start, where)
  if (offset > end || end - offset > largestDirectory) throw directoryDamaged(where)
  return readDirectory(yield [offset, end - offset], count, where)
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/** A place beyond the end of the archive. */
function guarded<Value>(where: string, act: () => Value): Value {
  try {
    return act()
  } catch (error) {
    if (error instanceof RangeError) throw zipDamaged(where, 'The archive ends too early')
    throw error
  }
}

/** @throws NPZ_DAMAGED */
export async function zipEntries(
  size: number,
  read: ReadBytes<Promise<Uint8Array>>,
  where: string,
): Promise<ZipEntry[]> {
  const reads = directoryReads(size, where)
  let step = guarded(where, () => reads.next())
  while (step.done !== true) {
    const bytes = asBuffer(await read(...step.value))
    step = guarded(where, () => reads.next(bytes))
  }
  return step.value
}

/** The same for an archive in memory. @throws NPZ_DAMAGED */
export function zipEntriesSync(bytes: Uint8Array, where: string): ZipEntry[] {
  const reads = directoryReads(bytes.length, where)
  let step = guarded(where, () => reads.next())
  while (step.done !== true) {
    const [at, length] = step.value
    step = guarded(where, () => reads.next(asBuffer(bytes.subarray(at, at + length))))
  }
  return step.value
}

/** @param tail the end of the archive, from `start` on */
function findDirectory(tail: Buffer, start: number, where: string): { count: number; offset: number; end: number } {
  let at = tail.length - endBytes
  while (at >= 0 && tail.readUInt32LE(at) !== endSignature) at--
  if (at < 0) throw zipDamaged(where, 'The archive has no end: it is cut off')
  const count = tail.readUInt16LE(at + 10)
  const offset = tail.readUInt32LE(at + 16)
  const end = start + at
  if (count !== wide16 && offset !== wide32) return { count, offset, end }
  if (at < 20 || tail.readUInt32LE(at - 20) !== end64LocatorSignature) return { count, offset, end }
  const wide = Number(tail.readBigUInt64LE(at - 12)) - start
  if (tail.readUInt32LE(wide) !== end64Signature) throw directoryDamaged(where)
  return {
    count: Number(tail.readBigUInt64LE(wide + 32)),
    offset: Number(tail.readBigUInt64LE(wide + 48)),
    end: start + wide,
  }
}

function readDirectory(directory: Buffer, count: number, where: string): ZipEntry[] {
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let left = count; left > 0; left--) {
    if (directory.readUInt32LE(at) !== centralSignature) throw directoryDamaged(where)
    const nameBytes = directory.readUInt16LE(at + 28)
    const extraBytes = directory.readUInt16LE(at + 30)
    const nameStart = at + 46
    const name = directory.toString('utf8', nameStart, nameStart + nameBytes)
    const extra = directory.subarray(nameStart + nameBytes, nameStart + nameBytes + extraBytes)
    if (entries.has(name)) throw zipDamaged(`${where}, ${name}`, 'The archive holds it twice')
    entries.set(name, readEntry(directory, at, name, extra, `${where}, ${name}`))
    at = nameStart + nameBytes + extraBytes + directory.readUInt16LE(at + 32)
  }
  return [...entries.values()]
}

function readEntry(directory: Buffer, central: number, name: string, extra: Buffer, where: string): ZipEntry {
  const flags = directory.readUInt16LE(central + 8)
  const method = directory.readUInt16LE(central + 10)
  if ((flags & 1) !== 0) throw zipDamaged(where, 'The archive is encrypted')
  if (method !== 0 && method !== 8) throw zipDamaged(where, `Compression method ${method} is unknown`)
  let size = directory.readUInt32LE(central + 24)
  let packedBytes = directory.readUInt32LE(central + 20)
  let local = directory.readUInt32LE(central + 42)
  const wide = wideFields(extra)
  if (size === wide32) size = wide.next()
  if (packedBytes === wide32) packedBytes = wide.next()
  if (local === wide32) local = wide.next()
  const checksum = directory.readUInt32LE(central + 16)
  return { name, deflated: method === 8, checksum, size, packedBytes, local }
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

/** Where an entry's bytes begin. @throws NPZ_DAMAGED */
function placeOf({ local, packedBytes }: ZipEntry, header: Buffer, archiveBytes: number, where: string): number {
  return guarded(where, () => {
    if (header.readUInt32LE(0) !== localSignature) throw directoryDamaged(where)
    const begin = local + localBytes + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (begin + packedBytes > archiveBytes) throw zipDamaged(where, 'The archive ends too early')
    return begin
  })
}

/** Where an entry's bytes lie in the archive. @throws NPZ_DAMAGED */
export async function zipPlace(
  entry: ZipEntry,
  archive: { size: number; read: ReadBytes<Promise<Uint8Array>> },
  where: string,
): Promise<{ begin: number; end: number }> {
  const begin = placeOf(entry, asBuffer(await archive.read(entry.local, localBytes)), archive.size, where)
  return { begin, end: begin + entry.packedBytes }
}

/** @throws NPZ_DAMAGED where the bytes are not as many, or not those, that were promised */
export function checkEntry({ size, checksum }: ZipEntry, found: number, sum: number, where: string): void {
  if (found !== size) {
    const [promised, there] = [size, found].map((bytes) => bytes.toLocaleString('en-US'))
    throw zipDamaged(where, `${promised} bytes promised, ${there} found`)
  }
  if (sum !== checksum) throw zipDamaged(where, 'The checksum does not agree')
}

export const inflateFailed = (where: string, error: unknown): WorkbenchError =>
  zipDamaged(where, `It cannot be inflated (${error instanceof Error ? error.message : String(error)})`)

/** An entry of an archive in memory, to no more bytes than it promises. @throws NPZ_DAMAGED */
export function unpackSync(entry: ZipEntry, archive: Uint8Array, where: string): Uint8Array {
  const header = asBuffer(archive.subarray(entry.local, entry.local + localBytes))
  const begin = placeOf(entry, header, archive.length, where)
  const packed = archive.subarray(begin, begin + entry.packedBytes)
  let content: Uint8Array = packed
  if (entry.deflated) {
    try {
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) })
    } catch (error) {
      throw inflateFailed(where, error)
    }
  }
  checkEntry(entry, content.length, crc32(content), where)
  return content
}
