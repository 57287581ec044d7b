import type { ModelKind } from '../../../src/shared/kinds'
import type { RecentPair, RecentScore } from '../../../src/shared/scores'
import { viewOptionsSchema } from '../../../src/shared/views'
import { rectangle, shiftedDots } from './pictures'

const thumbnail = (pixels: Float32Array) => {
  const side = Math.sqrt(pixels.length)
  return { shape: [side, side] as [number, number], pixels: Uint8Array.from(pixels, (value) => 255 * value) }
}

const view = { x: viewOptionsSchema.parse({}), y: viewOptionsSchema.parse({}) }
const score = (run: string, runName: string, kind: ModelKind, energy: Partial<RecentScore['energy']>): RecentScore => ({
  run,
  runName,
  kind,
  class: kind === 'gae' ? null : 0,
  energy: { yGivenX: null, xGivenY: null, conditional: null, diagonal: null, ...energy },
  gain: null,
  predicted: null,
})

/** A pair under a gated auto-encoder, and an image under a classifier. */
export function fakeRecentPairs(): RecentPair[] {
  const { x, y } = shiftedDots(3)
  const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
  return [
    {
      x: { sha256: 'a'.repeat(64), name: 'before.png' },
      y: { sha256: 'b'.repeat(64), name: 'after.png' },
      view,
      thumbnails: { x: thumbnail(x), y: thumbnail(y) },
      scores: [score('r-shifts', 'shifts-1', 'gae', { yGivenX: 41.307, xGivenY: 40.982 })],
      at: at(1),
    },
    {
      x: { sha256: 'c'.repeat(64), name: 'rect-test-6.png' },
      y: null,
      view,
      thumbnails: { x: thumbnail(rectangle(6).pixels), y: null },
      scores: [score('r-rect', 'rect-2', 'mcae', { conditional: 38.25, diagonal: -12.0416 })],
      at: at(3),
    },
  ]
}
