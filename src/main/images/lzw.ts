/** How an LZW stream is written: GIF and TIFF differ in all of it. */
export interface LzwForm {
  /** Bits of a literal. */
  literalBits: number
  /** Codes begin at the highest bit of a byte (TIFF), or at the lowest (GIF). */
  highFirst: boolean
  /** Codes grow one entry before they have to (TIFF). */
  early: boolean
}

const mostBits = 12
const none = -1

/**
 * Decodes no more than `length` bytes, whatever the stream promises.
 * @returns fewer bytes where the stream ends early or has a code that means nothing
 */
export function decodeLzw(stream: Uint8Array, { literalBits, highFirst, early }: LzwForm, length: number): Uint8Array {
  const clear = 1 << literalBits
  const table = new LzwTable(clear)
  const out = new Uint8Array(length)
  let [written, bits, previous] = [0, literalBits + 1, none]
  let [held, heldBits, at] = [0, 0, 0]
  while (written < length) {
    while (heldBits < bits && at < stream.length) {
      held = highFirst ? (held << 8) | stream[at++] : held | (stream[at++] << heldBits)
      heldBits += 8
    }
    if (heldBits < bits) break
    heldBits -= bits
    const mask = (1 << bits) - 1
    const code = (highFirst ? held >> heldBits : held) & mask
    held = highFirst ? held & ((1 << heldBits) - 1) : held >> bits
    if (code === clear) {
      table.next = clear + 2
      ;[bits, previous] = [literalBits + 1, none]
      continue
    }
    if (code === clear + 1 || code > table.next || (code === table.next && previous === none)) break
    if (previous !== none) table.add(previous, code === table.next ? table.first(previous) : table.first(code))
    written = table.write(code, out, written)
    previous = code
    if (table.next + Number(early) >= 1 << bits && bits < mostBits) bits++
  }
  return out.subarray(0, written)
}

/** Strings of bytes: each is an earlier one and a byte more. */
class LzwTable {
  next: number
  readonly #before = new Uint16Array(1 << mostBits)
  readonly #last = new Uint8Array(1 << mostBits)
  readonly #length = new Uint16Array(1 << mostBits)

  constructor(readonly clear: number) {
    this.next = clear + 2
  }

  add(before: number, last: number): void {
    if (this.next === 1 << mostBits) return
    this.#before[this.next] = before
    this.#last[this.next] = last
    this.#length[this.next] = this.#lengthOf(before) + 1
    this.next++
  }

  first(code: number): number {
    let at = code
    while (at > this.clear) at = this.#before[at]
    return at
  }

  /** Writes the string of a code as far as there is room. @returns where it ends */
  write(code: number, out: Uint8Array, from: number): number {
    const end = from + this.#lengthOf(code)
    let at = end - 1
    for (let rest = code; at >= from; rest = this.#before[rest]) out[at--] = rest < this.clear ? rest : this.#last[rest]
    return Math.min(end, out.length)
  }

  #lengthOf(code: number): number {
    return code < this.clear ? 1 : this.#length[code]
  }
}
