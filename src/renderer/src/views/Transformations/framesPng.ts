import { present } from '../../../../shared/present'
import { chartFont } from '../../charts/axes'
import { gray } from '../../charts/colourMaps'
import type { Limits } from '../../charts/limits'
import { toRgba } from '../../charts/pixels'
import type { ColourMap } from '../../charts/colourMaps'
import { canvasPng } from '../../export/saveFile'
import type { Palette } from '../../styles/palette'

/** A picture among others in one file. */
export interface PngFrame {
  title: string
  pixels: Float32Array
  limits: Limits
}

const [gap, margin, titleHeight, footHeight] = [8, 16, 18, 28]

/**
 * Rows of pictures of one shape as a PNG file, whole-number enlarged, with a line that says where they come from.
 * @param map of all pictures, gray where absent
 */
export async function framesPng(
  rows: readonly (readonly PngFrame[])[],
  shape: readonly [number, number],
  factor: number,
  palette: Palette,
  source: string,
  map: ColourMap = gray,
): Promise<Blob> {
  const [height, width] = shape
  const canvas = document.createElement('canvas')
  const columns = Math.max(...rows.map((row) => row.length))
  canvas.width = 2 * margin + Math.max(420, columns * (width * factor + gap) - gap)
  canvas.height = 2 * margin + rows.length * (titleHeight + height * factor + gap) + footHeight
  const pen = present(canvas.getContext('2d'))
  pen.fillStyle = palette.surface
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.imageSmoothingEnabled = false
  const small = new OffscreenCanvas(width, height)
  const ink = present(small.getContext('2d'))
  for (const [line, row] of rows.entries()) {
    const top = margin + line * (titleHeight + height * factor + gap)
    for (const [column, frame] of row.entries()) {
      const left = margin + column * (width * factor + gap)
      ink.putImageData(new ImageData(toRgba(frame.pixels, map, frame.limits), width, height), 0, 0)
      pen.fillStyle = palette.text
      pen.font = `12px ${chartFont}`
      pen.fillText(frame.title, left, top + 12, width * factor)
      pen.drawImage(small, left, top + titleHeight, width * factor, height * factor)
    }
  }
  pen.fillStyle = palette.muted
  pen.font = `12px ${chartFont}`
  pen.fillText(source, margin, canvas.height - margin)
  return canvasPng(canvas)
}
