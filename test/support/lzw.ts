import type { LzwForm } from '../../src/main/images/lzw'

/** The opposite of the decoder under test. */
export function encodeLzw(bytes: Uint8Array, { literalBits, highFirst, early }: LzwForm): Uint8Array {
  const clear = 1 << literalBits
  const bitsOut: number[] = []
  const put = (code: number, bits: number): void => {
    for (let bit = 0; bit < bits; bit++) bitsOut.push((code >> (highFirst ? bits - 1 - bit : bit)) & 1)
  }
  let table = new Map<string, number>()
  let [next, bits] = [clear + 2, literalBits + 1]
  put(clear, bits)
  let run = ''
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!)
  for (const byte of bytes) {
    const longer = run + String.fromCharCode(byte)
    if (longer.length === 1 || table.has(longer)) {
      run = longer
      continue
    }
    put(codeOf(run), bits)
    table.set(longer, next++)
    // The decoder is one entry behind.
    if (next - 1 + Number(early) >= 1 << bits && bits < 12) bits++
    if (next === 4094) {
      put(clear, bits)
      table = new Map()
      ;[next, bits] = [clear + 2, literalBits + 1]
    }
    run = String.fromCharCode(byte)
  }
  if (run !== '') {
    put(codeOf(run), bits)
    next++
    if (next - 1 + Number(early) >= 1 << bits && bits < 12) bits++
  }
  put(clear + 1, bits)
  const out = new Uint8Array(Math.ceil(bitsOut.length / 8))
  for (const [index, bit] of bitsOut.entries()) out[index >> 3]! |= bit << (highFirst ? 7 - (index & 7) : index & 7)
  return out
}
