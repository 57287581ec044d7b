import { isPfm } from '../../../shared/pfm'
import type { ImageStructure } from './structure'

/** Longest header that is read, comments with it. */
const longestHeader = 4096

/** White space of a header, with comments from # to the end of their line. */
const space = String.raw`(?:\s|#[^\n]*\n)+`
const header = new RegExp(String.raw`^P([1-7Ff])${space}(\d+)${space}(\d+)(?:${space}(\d+))?`)

const fieldOf = (text: string, name: string): number => Number(new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(text)?.[1])

/** Portable bitmaps, greymaps, pixmaps (P1 to P6), any map (P7) and grey float maps (Pf): a text, then samples. */
export function readPnm(bytes: Uint8Array): ImageStructure | null {
  const text = Buffer.from(bytes.subarray(0, longestHeader)).toString('latin1')
  const found = header.exec(text)
  const [width, height] = text.startsWith('P7')
    ? [fieldOf(text, 'WIDTH'), fieldOf(text, 'HEIGHT')]
    : [Number(found?.[2]), Number(found?.[3])]
  if (!(width > 0 && height > 0)) return null
  return { width, height, frames: 1, end: isPfm(bytes) ? null : endOf(found, width, height), orientation: 1 }
}

/** Where the samples of a binary greymap or pixmap end, after one white space; null for all others. */
function endOf(found: RegExpExecArray | null, width: number, height: number): number | null {
  const [all, kind, , , most] = found ?? []
  if (all === undefined || most === undefined || (kind !== '5' && kind !== '6')) return null
  const sampleBytes = Number(most) > 255 ? 2 : 1
  return all.length + 1 + width * height * (kind === '6' ? 3 : 1) * sampleBytes
}
