import type { ImageShape } from '../../../../shared/datasets'
import type { Random } from '../../random'
import type { Picture } from './picture'
import type { Transformation } from './transformation'

export interface ShiftOptions {
  /** Pixels, each way. */
  largestShift: number
  /** What leaves one edge enters at the opposite one. */
  circular: boolean
}

/** Rows from..to (to excluded) of an image. */
interface Band {
  from: number
  to: number
}

const modulo = (value: number, size: number): number => ((value % size) + size) % size

/** Shifts a band of rows by whole pixels; circular: within the band. */
function shiftBand(
  random: Random,
  { sides, pixels }: Picture,
  { from, to }: Band,
  y: Uint8Array,
  [rows, columns]: ImageShape,
  { largestShift, circular }: ShiftOptions,
): void {
  const down = random.integer(-largestShift, largestShift)
  const right = random.integer(-largestShift, largestShift)
  const [top, left] = [(sides[0] - rows) / 2, (sides[1] - columns) / 2]
  for (let row = from; row < to; row++) {
    const line = circular ? from + modulo(row - down - from, to - from) : top + row - down
    const start = circular ? modulo(-right, columns) : left - right
    const whole = circular ? columns - start : columns
    const base = line * sides[1]
    for (let column = 0; column < whole; column++) y[row * columns + column] = pixels[base + start + column]
    for (let column = whole; column < columns; column++) y[row * columns + column] = pixels[base + column - whole]
  }
}

const moves = (options: ShiftOptions, bands: (height: number) => Band[]): Transformation => ({
  margin: () => (options.circular ? 0 : options.largestShift),
  move: (random, picture, y, shape) => {
    for (const band of bands(shape[0])) shiftBand(random, picture, band, y, shape, options)
  },
})

/** A shift by whole pixels, uniform each way. */
export const shift = (options: ShiftOptions): Transformation => moves(options, (height) => [{ from: 0, to: height }])

/** The upper and the lower half are shifted independently; each looks at the same picture, circular: at its own half. */
export const splitShift = (options: ShiftOptions): Transformation =>
  moves(options, (height) => {
    const middle = Math.floor(height / 2)
    return [
      { from: 0, to: middle },
      { from: middle, to: height },
    ]
  })
