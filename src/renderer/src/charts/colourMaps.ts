import { interpolateCividis, schemeRdBu } from 'd3-scale-chromatic'

/** Opaque colours of a map, red, green, blue bytes in turn; low values first. */
export interface ColourMap {
  name: 'gray' | 'cividis' | 'signed'
  entries: number
  /** [entries * 3] */
  rgb: Uint8Array
}

type Rgb = readonly [number, number, number]

const parseColour = (text: string): Rgb => {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text)
  if (hex) return [parseInt(hex[1], 16), parseInt(hex[2], 16), parseInt(hex[3], 16)]
  const rgb = /^rgb\((\d+), *(\d+), *(\d+)\)$/.exec(text)
  if (rgb) return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])]
  throw new Error(`unreadable colour ${text}`)
}

function build(name: ColourMap['name'], entries: number, colourAt: (share: number) => Rgb): ColourMap {
  const rgb = new Uint8Array(entries * 3)
  for (let entry = 0; entry < entries; entry++) rgb.set(colourAt(entry / (entries - 1)).map(Math.round), entry * 3)
  return { name, entries, rgb }
}

/** Straight lines between the given colours: passes through each of them, which a spline would not. */
const through =
  (stops: readonly Rgb[]) =>
  (share: number): Rgb => {
    const place = share * (stops.length - 1)
    const below = Math.min(Math.floor(place), stops.length - 2)
    const [from, to] = [stops[below], stops[below + 1]]
    const rest = place - below
    return [0, 1, 2].map((channel) => from[channel] + rest * (to[channel] - from[channel])) as unknown as Rgb
  }

/** Images: black to white. */
export const gray = build('gray', 256, (share) => [share * 255, share * 255, share * 255])

/** Energies and magnitudes: no natural zero. */
export const cividis = build('cividis', 256, (share) => parseColour(interpolateCividis(share)))

/** Weights and differences: blue below zero, red above; 257 entries, so the middle one is zero's own, #F7F7F7. */
export const signed = build('signed', 257, through([...schemeRdBu[11]].reverse().map(parseColour)))

/** A map as a CSS gradient from its lowest to its highest colour. */
export function cssGradient(map: ColourMap, direction = 'to right'): string {
  const stops = Array.from({ length: 17 }, (_, stop) => {
    const entry = Math.round((stop / 16) * (map.entries - 1)) * 3
    return `rgb(${map.rgb[entry]} ${map.rgb[entry + 1]} ${map.rgb[entry + 2]})`
  })
  return `linear-gradient(${direction}, ${stops.join(', ')})`
}
