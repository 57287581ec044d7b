import type { Workbench } from '../../../src/main/api/workbench'
import type { BatchScore, NewBatch } from '../../../src/shared/batches'
import { WorkbenchError } from '../../../src/shared/errors'
import type { RunDetail } from '../../../src/shared/runs'
import { shiftedDots, stream } from './pictures'

const rowsAtOnce = 32

/** Lists of pairs with seeded scores, told in parts as a real workbench does. @param most rows that are ever scored */
export function fakeBatches(findRun: (reference: string) => RunDetail, most: number): Workbench['batches'] {
  const batches = new Map<string, NewBatch>()

  function score(row: number, run: RunDetail, withClass: boolean): BatchScore {
    const random = stream(row + 1)
    const { x, y } = shiftedDots(row)
    const small = (pixels: Float32Array) => ({
      shape: [13, 13] as [number, number],
      pixels: Uint8Array.from(pixels, (value) => value * 255),
    })
    const gae = run.kind === 'gae'
    const energy = (shown: boolean, scale: number) => (shown ? 20 + scale * random() : null)
    return {
      row,
      energy: {
        yGivenX: energy(gae, 40),
        xGivenY: energy(gae, 40),
        conditional: energy(!gae && withClass, 50),
        diagonal: energy(!gae && withClass, 30),
      },
      reconstructionError: { y: gae ? 0.02 * random() : null, x: gae || withClass ? 0.02 * random() : null },
      gain: null,
      predicted: run.classifier ? row % (run.datasetInfo?.classes?.length ?? 1) : null,
      posterior: run.classifier ? 0.5 + random() / 2 : null,
      recipe: { x: ['RGB 26x26', 'luma Rec. 601', '13x13 area', '[0,1]'], y: gae ? ['grey 13x13', '[0,1]'] : null },
      thumbnails: { x: small(x), y: gae ? small(y) : null },
    }
  }

  return {
    create: async (batch) => {
      const id = (batches.size + 1).toString(16).padStart(12, '0')
      batches.set(id, batch)
      return { batch: id }
    },
    async *score({ batch: id, run: reference, class: modelClass }, signal) {
      const batch = batches.get(id)
      if (batch === undefined) {
        throw new WorkbenchError('BATCH_NOT_FOUND', `There is no list of pairs ${id}`, {
          remedy: 'Drop its files again.',
        })
      }
      const run = findRun(reference)
      const classes = run.classifier ? (run.datasetInfo?.classes ?? []) : null
      yield { type: 'batch', ...batch, kind: run.kind, classes, datasetHash: run.datasetHash }
      const errors = batch.pairs.flatMap(({ x, y }, row) => {
        const image = 'error' in x ? x : y !== null && 'error' in y ? y : null
        return image === null ? [] : [{ row, error: image.error }]
      })
      yield { type: 'scores', scores: [], errors }
      const bad = new Set(errors.map(({ row }) => row))
      const rows = batch.pairs.map((_, row) => row).filter((row) => !bad.has(row))
      for (let at = 0; at < Math.min(rows.length, most) && !signal.aborted; at += rowsAtOnce) {
        const scores = rows
          .slice(at, Math.min(at + rowsAtOnce, most))
          .map((row) => score(row, run, modelClass !== null || !run.classifier))
        yield { type: 'scores', scores, errors: [] }
      }
      if (rows.length > most) {
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
        return
      }
      if (run.classifier && modelClass === null) return
      const gains = Float64Array.from(rows, (row) => 30 * stream(row + 1)() - 15)
      yield { type: 'gains', rows: Int32Array.from(rows), gains }
    },
  }
}
