import type { PlaneAnswer, PlaneTraining } from '../../../../shared/dynamics'
import { classMark } from '../../charts/classMarks'
import { classColour, type Palette } from '../../styles/palette'
import type { Frame } from './frame'

type Pen = CanvasRenderingContext2D

/** Half the width of a mark, in screen pixels. */
const size = 3

/** Training images on a plane, faint, each with the mark and colour of its class. */
export function drawTraining(pen: Pen, { at, labels }: PlaneTraining, frame: Frame, palette: Palette): void {
  pen.save()
  pen.globalAlpha = 0.5
  for (let row = 0; row < at.length / 2; row++) {
    drawMark(pen, labels?.[row] ?? null, frame.toScreen(at[2 * row], at[2 * row + 1]), palette)
  }
  pen.restore()
}

function drawMark(pen: Pen, label: number | null, [x, y]: readonly [number, number], palette: Palette): void {
  const outline = new Path2D(classMark(label ?? 0))
  pen.save()
  pen.translate(x, y)
  pen.scale(size, size)
  pen.lineWidth = 2 / size
  pen.strokeStyle = palette.surface
  pen.stroke(outline)
  pen.fillStyle = label === null ? palette.muted : classColour(palette, label)
  pen.fill(outline)
  pen.restore()
}

/** The classes' marks with their names in a line, as far as it reaches. */
export function drawLegend(pen: Pen, { classes }: TrainingLegend, y: number, width: number, palette: Palette): void {
  pen.textAlign = 'left'
  pen.textBaseline = 'middle'
  let x = 16
  for (const { label, name } of classes) {
    const right = x + 10 + pen.measureText(name).width
    if (right > width) return
    drawMark(pen, label, [x, y], palette)
    pen.fillStyle = palette.muted
    pen.fillText(name, x + 10, y)
    x = right + 20
  }
}

export interface TrainingLegend {
  /** Classes that have a mark, in label order; none without labels. */
  classes: { label: number; name: string }[]
  shown: number
  /** Images that they were drawn from. */
  of: number
  /** Of those shown, how many lie beside the picture. */
  beside: number
}

/** What a legend says of the training images on a plane. @param names classes in label order */
export function trainingLegend(
  { s, t }: Pick<PlaneAnswer, 's' | 't'>,
  { at, labels, of }: PlaneTraining,
  names: readonly string[] | null,
): TrainingLegend {
  const inside = (axis: Float64Array, value: number) => value >= axis[0] && value <= axis[axis.length - 1]
  let beside = 0
  for (let row = 0; row < at.length / 2; row++) {
    if (!inside(s, at[2 * row]) || !inside(t, at[2 * row + 1])) beside++
  }
  const present = [...new Set(labels ?? [])].sort((a, b) => a - b)
  return {
    classes: present.map((label) => ({ label, name: names?.[label] ?? String(label) })),
    shown: at.length / 2,
    of,
    beside,
  }
}
