import { layoutOf, type DecodedImage, type PixelLayout } from '../decoded'
import { TiffRefusal, type TiffPage } from './page'

/** Samples that are colours: white is 0, black is 0, RGB, palette, CMYK, YCbCr (which JPEG makes RGB). */
const colourChannels: Partial<Record<number, number>> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3 }
const jpeg = 7
const unread: Partial<Record<number, string>> = {
  6: 'YCbCr without JPEG',
  8: 'CIE L*a*b*',
  9: 'ICC L*a*b*',
  10: 'ITU L*a*b*',
  32803: 'raw camera samples',
  32844: 'LogL',
  32845: 'LogLuv',
  34892: 'raw camera samples',
}
/** Kinds of the sample after the colours. */
const extras = { unspecified: 0, premultiplied: 1 }

type Pixels = DecodedImage['pixels']
export type Coloured = Pick<DecodedImage, 'pixels' | 'layout'>

interface Channels {
  colours: number
  alpha: boolean
  premultiplied: boolean
}

/** @throws TiffRefusal */
function channelsOf({ photometric, samples, extra, compression }: TiffPage): Channels {
  const colours = colourChannels[photometric]
  if (colours === undefined || (photometric === 6 && compression !== jpeg)) {
    throw new TiffRefusal(`Its colours (${unread[photometric] ?? `no. ${photometric}`}) are not read`)
  }
  const [kind] = extra ?? []
  const more = samples - colours
  // A fourth channel of RGB that is said to be nothing in particular is left out, as by most readers.
  if (more === 0 || (more === 1 && colours >= 3 && kind === extras.unspecified)) {
    return { colours, alpha: false, premultiplied: false }
  }
  if (more === 1 && kind !== extras.unspecified) {
    return { colours, alpha: true, premultiplied: kind === extras.premultiplied }
  }
  throw new TiffRefusal(`It has ${samples} channels; grey or RGB, each with alpha or without, is read`)
}

/**
 * Samples of a page as grey or RGB, with alpha where it has it.
 * @param bits of the samples as they are given; 32: floats
 * @throws TiffRefusal
 */
export function coloured(page: TiffPage, samples: Pixels, bits: number): Coloured {
  const { photometric, palette, format } = page
  const channels = channelsOf(page)
  const white = bits === 32 ? 1 : 2 ** bits - 1
  switch (photometric) {
    case 0:
      return plain(page, format === 1 ? inverted(samples, white, page.samples, channels) : samples, bits, channels)
    case 3:
      if (channels.alpha || bits > 16 || palette === null) throw new TiffRefusal('Its palette is not read')
      return { layout: layoutOf(3, 8), pixels: byPalette(samples, white, palette, 2 ** page.bits) }
    case 5:
      if (bits === 32) throw new TiffRefusal('Inks (CMYK) as floats are not read')
      return { layout: layoutOf(3, bits), pixels: fromCmyk(samples, white, page.samples) }
    default:
      return plain(page, samples, bits, channels)
  }
}

function plain(page: TiffPage, samples: Pixels, bits: number, { colours, alpha, premultiplied }: Channels): Coloured {
  const channels = (colours + Number(alpha)) as PixelLayout['channels']
  const layout = layoutOf(channels, bits, premultiplied)
  if (channels === page.samples) return { layout, pixels: samples }
  return { layout, pixels: samples.filter((_, index) => index % page.samples < channels) }
}

const inverted = (samples: Pixels, white: number, step: number, { colours }: Channels): Pixels =>
  samples.map((value, index) => (index % step < colours ? white - value : value))

/** Colours have 16 bits, of which the upper ones count; some writers fill the lower ones only. */
function byPalette(samples: Pixels, white: number, palette: readonly number[], colours: number): Uint8Array {
  if (palette.length < 3 * colours) throw new TiffRefusal('Its palette is too short')
  const shift = palette.every((value) => value < 256) ? 0 : 8
  // Samples of few bits were spread over a byte.
  const step = white / (colours - 1)
  const pixels = new Uint8Array(3 * samples.length)
  for (let at = 0; at < samples.length; at++) {
    const index = Math.round(samples[at] / step)
    for (let channel = 0; channel < 3; channel++) pixels[3 * at + channel] = palette[channel * colours + index] >> shift
  }
  return pixels
}

/** Inks without a profile: each takes its share of the light away. */
function fromCmyk(samples: Pixels, white: number, step: number): Pixels {
  const pixels = new (samples.constructor as new (length: number) => Pixels)((3 * samples.length) / step)
  for (let pixel = 0; pixel * step < samples.length; pixel++) {
    const light = (white - samples[pixel * step + 3]) / white
    for (let ink = 0; ink < 3; ink++) {
      pixels[3 * pixel + ink] = Math.round((white - samples[pixel * step + ink]) * light)
    }
  }
  return pixels
}
