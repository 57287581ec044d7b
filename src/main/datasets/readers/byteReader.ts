/** Rows that are handed over at once are about as long. */
const blockBytes = 1024 * 1024

/** Takes a header, then rows, out of a stream of blocks. */
export class ByteReader {
  /** Bytes that came so far. */
  found = 0
  readonly #blocks: AsyncIterator<Uint8Array>
  #held: Uint8Array[] = []
  #heldBytes = 0

  constructor(blocks: AsyncIterable<Uint8Array>) {
    this.#blocks = blocks[Symbol.asyncIterator]()
  }

  /** The next bytes; fewer where the stream ends. */
  async take(count: number): Promise<Uint8Array> {
    const all = await this.#gather(count)
    const taken = all.subarray(0, count)
    this.#hold(all.subarray(taken.length))
    return taken
  }

  /** The same, which stay to be taken. */
  async peek(count: number): Promise<Uint8Array> {
    const all = await this.#gather(count)
    this.#hold(all)
    return all.subarray(0, count)
  }

  /**
   * Whole rows, in blocks, up to so many bytes; ends early with the stream. A part of a row is never given.
   * @param rowBytes bytes of a row, at least 1
   */
  async *rows(rowBytes: number, bytes: number): AsyncGenerator<Uint8Array> {
    const atOnce = Math.max(1, Math.floor(blockBytes / rowBytes)) * rowBytes
    for (let left = bytes; left > 0;) {
      const block = await this.take(Math.min(atOnce, left))
      const whole = block.length - (block.length % rowBytes)
      if (whole > 0) yield block.subarray(0, whole)
      if (whole < block.length || block.length === 0) return
      left -= whole
    }
  }

  /** Whether the stream goes on after what was taken. */
  async goesOn(): Promise<boolean> {
    return (await this.take(1)).length > 0
  }

  /** Gives the stream up. */
  async close(): Promise<void> {
    await this.#blocks.return?.()
  }

  /** All that is held, once it is so many bytes or the stream has ended. */
  async #gather(count: number): Promise<Uint8Array> {
    while (this.#heldBytes < count && (await this.#more()));
    return this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held)
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#blocks.next()
    if (done === true) return false
    this.found += value.length
    this.#held.push(value)
    this.#heldBytes += value.length
    return true
  }

  #hold(rest: Uint8Array): void {
    this.#held = rest.length === 0 ? [] : [rest]
    this.#heldBytes = rest.length
  }
}
