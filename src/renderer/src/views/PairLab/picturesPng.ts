import { present } from '../../../../shared/present'
import { chartFont } from '../../charts/axes'
import { toRgba } from '../../charts/pixels'
import { originLine } from '../../export/provenance'
import { canvasPng } from '../../export/saveFile'
import type { Palette } from '../../styles/palette'
import { pairPictures, type PairPicture } from './pairPictures'
import type { ScoredRun } from './pairTables'
import { formatDigits } from '../../../../shared/numbers'

const [margin, gap, factor] = [24, 16, 8]
const [titleHeight, noteHeight, lineHeight] = [24, 20, 28]

function draw(
  context: CanvasRenderingContext2D,
  picture: PairPicture,
  left: number,
  top: number,
  palette: Palette,
): void {
  const [height, width] = picture.shape
  const small = document.createElement('canvas')
  small.width = width
  small.height = height
  const ink = present(small.getContext('2d'))
  ink.putImageData(new ImageData(toRgba(picture.pixels, picture.map, picture.limits), width, height), 0, 0)
  context.fillStyle = palette.text
  context.font = `14px ${chartFont}`
  context.fillText(picture.title, left, top + 14)
  context.imageSmoothingEnabled = false
  context.drawImage(small, left, top + titleHeight, width * factor, height * factor)
  context.strokeStyle = palette.edge
  context.strokeRect(left - 0.5, top + titleHeight - 0.5, width * factor + 1, height * factor + 1)
  context.fillStyle = palette.muted
  context.font = `12px ${chartFont}`
  const [low, high] = [picture.limits.low, picture.limits.high].map((value) => formatDigits(value, 3))
  context.fillText(`${low} to ${high} (${picture.scope})`, left, top + titleHeight + height * factor + 16)
}

/** The pictures of every scored run, one line a run, eight screen pixels a pixel, with limits and where they come from. */
export async function picturesPng(scored: readonly ScoredRun[], palette: Palette): Promise<Blob> {
  const rows = scored.map(({ run, scores }) => ({ run, scores, pictures: pairPictures(scores) }))
  const rowWidth = (pictures: readonly PairPicture[]) =>
    pictures.reduce((sum, { shape }) => sum + shape[1] * factor + gap, -gap)
  const rowHeight = (pictures: readonly PairPicture[]) =>
    lineHeight + titleHeight + noteHeight + gap + Math.max(...pictures.map(({ shape }) => shape[0])) * factor

  const canvas = document.createElement('canvas')
  canvas.width = 2 * margin + Math.max(640, ...rows.map(({ pictures }) => rowWidth(pictures)))
  canvas.height = 2 * margin + rows.reduce((sum, { pictures }) => sum + rowHeight(pictures), 0)
  const context = present(canvas.getContext('2d'))
  context.fillStyle = palette.surface
  context.fillRect(0, 0, canvas.width, canvas.height)

  let top = margin
  for (const { run, scores, pictures } of rows) {
    context.fillStyle = palette.text
    context.font = `600 14px ${chartFont}`
    const shown = scores.class === null ? '' : `, class ${scores.classes?.[scores.class] ?? scores.class}`
    context.fillText(`${originLine(run)}${shown}`, margin, top + 14)
    let left = margin
    for (const picture of pictures) {
      draw(context, picture, left, top + lineHeight, palette)
      left += picture.shape[1] * factor + gap
    }
    top += rowHeight(pictures)
  }
  return canvasPng(canvas)
}
