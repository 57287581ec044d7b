import type { Random } from '../../src/main/datasets/random'

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array

const at = (bytes: Uint8Array, random: Random): number => random.integer(0, Math.max(0, bytes.length - 1))

/** Headers lie at the beginning: half of all changes go there. */
const place = (bytes: Uint8Array, random: Random): number =>
  random.uniform() < 0.5 ? random.integer(0, Math.max(0, Math.min(63, bytes.length - 1))) : at(bytes, random)

const spliced = (bytes: Uint8Array, from: number, removed: number, added: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, from), added, bytes.subarray(from + removed)])

const flipBits: Mutation = (bytes, random) => {
  const copy = Uint8Array.from(bytes)
  for (let left = random.integer(1, 8); left > 0 && copy.length > 0; left--) {
    copy[place(copy, random)]! ^= 1 << random.integer(0, 7)
  }
  return copy
}

const setBytes: Mutation = (bytes, random) => {
  const copy = Uint8Array.from(bytes)
  for (let left = random.integer(1, 4); left > 0 && copy.length > 0; left--) {
    copy[place(copy, random)] = random.integer(0, 255)
  }
  return copy
}

const truncate: Mutation = (bytes, random) => bytes.subarray(0, at(bytes, random))

const remove: Mutation = (bytes, random) =>
  spliced(bytes, place(bytes, random), random.integer(1, 16), new Uint8Array(0))

const repeat: Mutation = (bytes, random) => {
  const from = at(bytes, random)
  return spliced(bytes, from, 0, bytes.subarray(from, from + random.integer(1, 64)))
}

const insert: Mutation = (bytes, random) => {
  const added = Uint8Array.from({ length: random.integer(1, 32) }, () => random.integer(0, 255))
  return spliced(bytes, random.uniform() < 0.3 ? bytes.length : place(bytes, random), 0, added)
}

const lengths = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 10_000, 30_000, 0x7fffffff, 0x80000000, 0xee6b2800, 0xffffffff,
]

/** A length, a count or an offset that lies: a number of 1, 2, 4 or 8 bytes in either byte order. */
const lie: Mutation = (bytes, random) => {
  const size = [1, 2, 4, 8][random.integer(0, 3)]!
  if (bytes.length < size) return bytes
  const copy = Uint8Array.from(bytes)
  const view = new DataView(copy.buffer)
  const position = Math.min(place(copy, random), copy.length - size)
  const value = lengths[random.integer(0, lengths.length - 1)]!
  const little = random.uniform() < 0.5
  if (size === 1) view.setUint8(position, value)
  else if (size === 2) view.setUint16(position, value, little)
  else if (size === 4) view.setUint32(position, value, little)
  else view.setBigUint64(position, BigInt(value) << BigInt(random.integer(0, 32)), little)
  return copy
}

const binary: readonly Mutation[] = [flipBits, setBytes, truncate, remove, repeat, insert, lie, lie]

const words = [
  ...['nan', '-inf', 'Infinity', '1e999', '-1e39', '0x10', '1e', '--1', '', ' ', 'word', 'größer', '1.5', '-1'],
  ...['"', '"1"', '1"', "'", ',', ';', '\t', '\n', '\r', '\r\n', '\n\n', '#', '\0', '\ufeff', '4000000000'],
  ...['9'.repeat(400), '../../x.png', '/etc/passwd', 'set.csv', '.', 'x,y', '99999999999999999999'],
]

/** A cell, or a piece of one, replaced by what may stand in a text file. */
const replaceWord: Mutation = (bytes, random) => {
  const word = Buffer.from(words[random.integer(0, words.length - 1)]!)
  const from = at(bytes, random)
  return spliced(bytes, from, random.integer(0, 6), word)
}

const dropLine: Mutation = (bytes, random) => {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  lines.splice(random.integer(0, lines.length - 1), 1)
  return Buffer.from(lines.join('\n'), 'latin1')
}

const text: readonly Mutation[] = [replaceWord, replaceWord, replaceWord, dropLine, ...binary]

/** A file changed in one to three ways. */
export function mutate(bytes: Uint8Array, kind: 'binary' | 'text', random: Random): Uint8Array {
  const mutations = kind === 'text' ? text : binary
  let changed = bytes
  for (let left = random.integer(1, 3); left > 0; left--) {
    changed = mutations[random.integer(0, mutations.length - 1)]!(changed, random)
  }
  return changed
}
