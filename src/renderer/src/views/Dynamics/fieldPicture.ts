import { contours } from 'd3-contour'
import type { PlaneAnswer } from '../../../../shared/dynamics'
import { chartFont } from '../../charts/axes'
import { cividis } from '../../charts/colourMaps'
import type { Palette } from '../../styles/palette'
import type { Frame } from './frame'
import { drawTraining } from './trainingMarks'
import type { ShownTrajectory } from './useDynamics'

const last = (values: Float64Array): number => values[values.length - 1]

/** Room around the plot for its numbers, in screen pixels. */
const margin = { left: 48, right: 12, top: 12, bottom: 36 }
const levels = 16
/** Farther from the plane than this share of the picture's half width, a piece of the trajectory is dashed. */
const nearPlane = 0.05

/** Where the grid lies in a picture of width x height pixels; t grows upwards. */
export function frameOf({ s, t }: Pick<PlaneAnswer, 's' | 't'>, width: number, height: number): Frame {
  const [s0, s1, t0, t1] = [s[0], last(s), t[0], last(t)]
  const plotWidth = width - margin.left - margin.right
  const plotHeight = height - margin.top - margin.bottom
  return {
    width,
    height,
    toScreen: (a, b) => [
      margin.left + ((a - s0) / (s1 - s0)) * plotWidth,
      margin.top + (1 - (b - t0) / (t1 - t0)) * plotHeight,
    ],
    toPlane: (x, y) => [
      s0 + ((x - margin.left) / plotWidth) * (s1 - s0),
      t0 + (1 - (y - margin.top) / plotHeight) * (t1 - t0),
    ],
  }
}

/** Lowest and highest finite energy of the grid. */
export function energyLimits(energies: Float32Array): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity]
  for (const value of energies) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low < high ? { low, high } : { low: low - 0.5, high: low + 0.5 }
}

type Pen = CanvasRenderingContext2D

function drawEnergies(pen: Pen, answer: PlaneAnswer, frame: Frame): void {
  if (answer.energies === null) return
  const [columns, rows] = [answer.s.length, answer.t.length]
  const { low, high } = energyLimits(answer.energies)
  const step = (high - low) / levels
  const thresholds = Array.from({ length: levels }, (_, level) => low + level * step)
  const values = Array.from(answer.energies, (value) => (Number.isFinite(value) ? value : low))
  const place = ([column, row]: readonly number[]) => {
    const at = (axis: Float64Array, index: number) =>
      axis[0] + ((index - 0.5) / (axis.length - 1)) * (last(axis) - axis[0])
    return frame.toScreen(at(answer.s, column), at(answer.t, row))
  }
  for (const [level, shape] of contours().size([columns, rows]).thresholds(thresholds)(values).entries()) {
    const entry = 3 * Math.round(((level + 0.5) / levels) * (cividis.entries - 1))
    pen.beginPath()
    for (const ring of shape.coordinates.flat()) {
      for (const [index, point] of ring.entries()) {
        const [x, y] = place(point)
        if (index === 0) pen.moveTo(x, y)
        else pen.lineTo(x, y)
      }
      pen.closePath()
    }
    pen.fillStyle = `rgb(${cividis.rgb[entry]} ${cividis.rgb[entry + 1]} ${cividis.rgb[entry + 2]})`
    pen.fill('evenodd')
    pen.strokeStyle = 'rgb(255 255 255 / 30%)'
    pen.lineWidth = 0.75
    pen.stroke()
  }
}

/** A line in two strokes, dark in light, so that it shows on every ground. */
function stroke(pen: Pen, colour: string, halo: string, width: number): void {
  pen.strokeStyle = halo
  pen.lineWidth = width + 2
  pen.stroke()
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.stroke()
}

function drawArrows(
  pen: Pen,
  { arrows, s, t }: PlaneAnswer,
  frame: Frame,
  onEnergies: boolean,
  palette: Palette,
): void {
  let longest = 0
  for (let i = 0; i < arrows.length; i += 2) longest = Math.max(longest, Math.hypot(arrows[i], arrows[i + 1]))
  if (longest === 0) return
  const [x0] = frame.toScreen(s[0], t[0])
  const [x1] = frame.toScreen(s[1], t[0])
  const most = 0.95 * Math.abs(x1 - x0)
  const [dark, light] = onEnergies ? ['#0f1115', 'rgb(255 255 255 / 75%)'] : [palette.text, palette.surface]
  for (let row = 0; row < t.length; row++) {
    for (let column = 0; column < s.length; column++) {
      const at = 2 * (row * s.length + column)
      const [x, y] = frame.toScreen(s[column], t[row])
      const [dx, dy] = [(arrows[at] / longest) * most, -(arrows[at + 1] / longest) * most]
      const length = Math.hypot(dx, dy)
      const head = length < 3 ? 0 : Math.min(4, length / 2)
      const angle = Math.atan2(dy, dx)
      pen.beginPath()
      pen.moveTo(x, y)
      pen.lineTo(x + dx, y + dy)
      for (const side of [-0.5, 0.5]) {
        pen.moveTo(x + dx, y + dy)
        pen.lineTo(x + dx - head * Math.cos(angle + side), y + dy - head * Math.sin(angle + side))
      }
      stroke(pen, dark, light, 1)
    }
  }
}

function drawTrajectory(
  pen: Pen,
  { at, offPlane }: ShownTrajectory,
  frame: Frame,
  extent: number,
  shown: number,
): void {
  const point = (index: number) => frame.toScreen(at[2 * index], at[2 * index + 1])
  for (let index = 1; index < offPlane.length; index++) {
    pen.beginPath()
    pen.setLineDash(Math.max(offPlane[index - 1], offPlane[index]) > nearPlane * extent ? [2, 4] : [])
    pen.moveTo(...point(index - 1))
    pen.lineTo(...point(index))
    stroke(pen, '#d6336c', '#ffffff', 2)
  }
  pen.setLineDash([])
  for (let index = 0; index < offPlane.length; index++) {
    const [x, y] = point(index)
    pen.beginPath()
    pen.arc(x, y, index === shown ? 7 : index === 0 ? 5 : 3.5, 0, 2 * Math.PI)
    pen.fillStyle = index === 0 ? '#ffffff' : '#d6336c'
    pen.fill()
    pen.strokeStyle = index === 0 ? '#d6336c' : '#ffffff'
    pen.lineWidth = 2
    pen.stroke()
  }
}

function drawAxes(
  pen: Pen,
  answer: PlaneAnswer,
  frame: Frame,
  names: readonly [string, string],
  palette: Palette,
): void {
  const [left, bottom] = frame.toScreen(answer.s[0], answer.t[0])
  const [right, top] = frame.toScreen(last(answer.s), last(answer.t))
  pen.strokeStyle = palette.edge
  pen.lineWidth = 1
  pen.strokeRect(left - 0.5, top - 0.5, right - left + 1, bottom - top + 1)
  pen.fillStyle = palette.muted
  pen.font = `12px ${chartFont}`
  pen.textBaseline = 'top'
  for (const share of [0, 0.5, 1]) {
    const s = answer.s[0] + share * (last(answer.s) - answer.s[0])
    pen.textAlign = share === 0 ? 'left' : share === 1 ? 'right' : 'center'
    pen.fillText(s.toPrecision(3), left + share * (right - left), bottom + 4)
  }
  pen.textAlign = 'center'
  pen.fillText(names[0], (left + right) / 2, bottom + 19)
  pen.textAlign = 'right'
  pen.textBaseline = 'middle'
  for (const share of [0, 1]) {
    const t = answer.t[0] + share * (last(answer.t) - answer.t[0])
    pen.fillText(t.toPrecision(3), left - 5, bottom + share * (top - bottom) + (share === 0 ? -6 : 6))
  }
  pen.save()
  pen.translate(11, (top + bottom) / 2)
  pen.rotate(-Math.PI / 2)
  pen.textAlign = 'center'
  pen.fillText(names[1], 0, 0)
  pen.restore()
}

function drawAnchors(pen: Pen, { anchors }: PlaneAnswer, frame: Frame): void {
  pen.font = `600 12px ${chartFont}`
  pen.textAlign = 'left'
  pen.textBaseline = 'bottom'
  for (const { name, at } of anchors) {
    const [x, y] = frame.toScreen(...at)
    pen.lineWidth = 3
    pen.strokeStyle = '#ffffff'
    pen.strokeText(name, x + 8, y - 5)
    pen.fillStyle = '#0f1115'
    pen.fillText(name, x + 8, y - 5)
  }
}

/** What the two axes of a plane mean. */
export function axisNames({ explained }: PlaneAnswer): [string, string] {
  if (explained === null) return ['along the plane, first axis', 'second axis']
  const share = (part: number) => `${(100 * part).toFixed(1)} % of the variance`
  return [`first component, ${share(explained[0])}`, `second component, ${share(explained[1])}`]
}

/** Arrows over energy contours, with the trajectory; `shown` is its point that is marked. */
export function drawField(
  pen: Pen,
  answer: PlaneAnswer,
  trajectory: ShownTrajectory | null,
  frame: Frame,
  palette: Palette,
  shown: number,
  /** Whether training images are drawn, where the plane has them. */
  training = true,
): void {
  pen.clearRect(0, 0, frame.width, frame.height)
  pen.fillStyle = palette.surface
  pen.fillRect(0, 0, frame.width, frame.height)
  const [left, bottom] = frame.toScreen(answer.s[0], answer.t[0])
  const [right, top] = frame.toScreen(last(answer.s), last(answer.t))
  pen.save()
  pen.beginPath()
  pen.rect(left, top, right - left, bottom - top)
  pen.clip()
  drawEnergies(pen, answer, frame)
  if (training && answer.training !== null) drawTraining(pen, answer.training, frame, palette)
  drawArrows(pen, answer, frame, answer.energies !== null, palette)
  if (trajectory !== null) drawTrajectory(pen, trajectory, frame, (last(answer.s) - answer.s[0]) / 2, shown)
  drawAnchors(pen, answer, frame)
  pen.restore()
  drawAxes(pen, answer, frame, axisNames(answer), palette)
}
