/**
 * The wire format of protocol buffers, as far as an ONNX model needs it: a message is a list of fields, each a key
 * (number and kind) and a value.
 */
type Bytes = readonly Uint8Array[]

/** A message under construction; `message` and `string` nest with their length before them. */
export class Message {
  private readonly parts: Uint8Array[] = []
  private size = 0

  varint(field: number, value: number): this {
    return this.push(varint(field << 3), varint(value))
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setFloat32(0, value, true)
    return this.push(varint((field << 3) | 5), bytes)
  }

  bytes(field: number, value: Uint8Array): this {
    return this.push(varint((field << 3) | 2), varint(value.length), value)
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  message(field: number, value: Message): this {
    return this.push(varint((field << 3) | 2), varint(value.size), ...value.parts)
  }

  encode(): Uint8Array {
    const out = new Uint8Array(this.size)
    let at = 0
    for (const part of this.parts) {
      out.set(part, at)
      at += part.length
    }
    return out
  }

  private push(...parts: Bytes): this {
    for (const part of parts) {
      this.parts.push(part)
      this.size += part.length
    }
    return this
  }
}

/** Seven bits a byte, the lowest first; negative numbers as 64-bit two's complement. */
function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 0x80 : low)
  } while (rest > 0n)
  return Uint8Array.from(bytes)
}
