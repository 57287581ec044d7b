import { present } from '../../shared/present'
import type { BatchEvent, BatchPair, BatchScoreRequest, NewBatch } from '../../shared/batches'
import type { ErrorData } from '../../shared/errors'
import type { BatchesApi } from '../api/batches'
import type { KeptList } from '../store/pairScores'
import type { Store } from '../store/store'
import { batchGains } from './batchGains'
import { batchScore, imagesOf, pairKey, refusal } from './batchRows'
import { BatchScorer, type ScoredRow } from './batchScorer'
import { classNamesOf } from './classNames'
import type { ImageService } from './images'
import type { PairService } from './pairs'

/** Rows that are scored in one go, and that a window is told of at once. */
const rowsAtOnce = 32

interface Dependencies {
  store: Store
  images: ImageService
  pairs: PairService
}

/**
 * Lists of pairs. Scoring is one walk that its reader may leave at any time: what is scored is kept, and the next walk
 * goes on from there.
 */
export class BatchService implements BatchesApi {
  constructor(private readonly dependencies: Dependencies) {}

  async create(batch: NewBatch): Promise<{ batch: string }> {
    return { batch: await this.dependencies.store.pairBatches.add(batch) }
  }

  /** @throws WorkbenchError BATCH_NOT_FOUND, RUN_NOT_FOUND, RUN_UNFINISHED */
  async *score(request: BatchScoreRequest, signal: AbortSignal): AsyncGenerator<BatchEvent> {
    const { store, images } = this.dependencies
    const { name, pairs } = await store.pairBatches.get(request.batch)
    const scorer = await this.dependencies.pairs.scorer(request.run, request.class)
    const { run } = scorer
    const classes = run.spec.classifier === undefined ? null : ((await classNamesOf(run, scorer.checkpoint)) ?? [])
    yield { type: 'batch', name, pairs, kind: run.kind, classes, datasetHash: run.datasetHash }

    const list: KeptList = { batch: request.batch, run: run.id, class: request.class, view: request.view }
    const paired = scorer.takesPairs
    const { scored, errors, open } = await this.#known(list, pairs, paired)
    yield { type: 'scores', scores: [...scored].map(([row, { kept }]) => batchScore(row, kept)), errors }

    const batch = new BatchScorer(scorer, list, images)
    for (let at = 0; at < open.length && !signal.aborted; at += rowsAtOnce) {
      const rows = open.slice(at, at + rowsAtOnce).map((row) => ({ row, images: imagesOf(pairs[row], paired) }))
      const found = await batch.score(rows)
      await store.pairScores.putMany([...found.scored.values()].map(({ kept }) => kept))
      for (const [row, one] of found.scored) scored.set(row, one)
      const scores = [...found.scored].map(([row, { kept }]) => batchScore(row, kept))
      yield { type: 'scores', scores, errors: found.errors }
    }

    // New rows change what the others are compared with.
    if (open.length === 0 && [...scored.values()].every(({ kept }) => kept.gain !== null)) return
    for await (const { rows, gains } of batchGains(batch, scored, signal)) {
      const kept = rows.map((row, index) => ({ ...present(scored.get(row)).kept, gain: gains[index] }))
      await store.pairScores.putGains(list, kept)
      yield { type: 'gains', rows: Int32Array.from(rows), gains }
    }
  }

  /** Rows that were scored before, those that never can be, and those that are still to be scored. */
  async #known(list: KeptList, pairs: readonly BatchPair[], paired: boolean) {
    const kept = await this.dependencies.store.pairScores.ofList(list)
    const byImages = new Map(kept.map((score) => [pairKey(score), score]))
    const scored = new Map<number, ScoredRow>()
    const errors: { row: number; error: ErrorData }[] = []
    const open: number[] = []
    pairs.forEach((pair, row) => {
      const error = refusal(pair, paired)
      const score = error === null ? byImages.get(pairKey(imagesOf(pair, paired))) : undefined
      if (error !== null) errors.push({ row, error })
      else if (score === undefined) open.push(row)
      else scored.set(row, { kept: score, pixels: null })
    })
    return { scored, errors, open }
  }
}
