/** Linear light of "#rrggbb", red, green, blue in 0..1. */
export const linear = (colour: string): number[] =>
  [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })

/** Relative luminance (WCAG 2). */
export function luminance(colour: string): number {
  const [r, g, b] = linear(colour)
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

type Matrix = readonly (readonly number[])[]
const times = (matrix: Matrix, v: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * v[i]!, 0))

/** How linear light is seen: by most, and without one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1). */
export const visions: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** CIELAB (D65) of a colour as a vision sees it. */
export function lab(colour: string, vision: Matrix): [number, number, number] {
  const seen = times(vision, linear(colour)).map((value) => Math.min(1, Math.max(0, value)))
  const xyz = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    seen,
  )
  const [x, y, z] = xyz.map((value, i) => {
    const t = value / [0.95047, 1, 1.08883][i]!
    return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116
  })
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)]
}

const degrees = (value: number) => (value * Math.PI) / 180

/** CIEDE2000 difference of two CIELAB colours (Sharma, Wu and Dalal 2005). */
export function difference([l1, a1, b1]: readonly number[], [l2, a2, b2]: readonly number[]): number {
  const chroma = (Math.hypot(a1!, b1!) + Math.hypot(a2!, b2!)) / 2
  const g = 0.5 * (1 - Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)))
  const [x1, x2] = [a1! * (1 + g), a2! * (1 + g)]
  const [c1, c2] = [Math.hypot(x1, b1!), Math.hypot(x2, b2!)]
  const hue = (x: number, b: number) =>
    x === 0 && b === 0 ? 0 : (Math.atan2(b, x) / Math.PI) * 180 + (b < 0 ? 360 : 0)
  const [h1, h2] = [hue(x1, b1!), hue(x2, b2!)]
  const both = c1 * c2 !== 0
  const turn = !both ? 0 : Math.abs(h2 - h1) <= 180 ? h2 - h1 : h2 <= h1 ? h2 - h1 + 360 : h2 - h1 - 360
  const [dl, dc, dh] = [l2! - l1!, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin(degrees(turn / 2))]
  const [l, c] = [(l1! + l2!) / 2, (c1 + c2) / 2]
  const h = !both ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2
  const cos = (angle: number) => Math.cos(degrees(angle))
  const t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63)
  const [sl, sc, sh] = [1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2), 1 + 0.045 * c, 1 + 0.015 * c * t]
  const rotation =
    -Math.sin(degrees(60 * Math.exp(-(((h - 275) / 25) ** 2)))) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh))
}
