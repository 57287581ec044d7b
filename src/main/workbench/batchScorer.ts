import { toErrorData, type ErrorData } from '../../shared/errors'
import { thumbnail } from '../images/thumbnail'
import type { KeptList, KeptScore } from '../store/pairScores'
import type { PairImages } from './batchRows'
import type { ImageService } from './images'
import type { PairPixels, RunScorer } from './pairs'

/** Images that are decoded side by side: a single pair of another window waits for no more than these. */
const atOnce = 2

/** A row that is scored: its pixels are kept for the gains, unless it was scored before. */
export interface ScoredRow {
  kept: KeptScore
  pixels: PairPixels | null
}

/** A pair as a model sees it. */
interface Seen extends PairImages {
  pixels: PairPixels
  recipe: KeptScore['recipe']
  thumbnails: KeptScore['thumbnails']
}

/** Scores rows of one list under one model. */
export class BatchScorer {
  constructor(
    readonly scorer: RunScorer,
    readonly list: KeptList,
    private readonly images: ImageService,
  ) {}

  /** @throws WorkbenchError IMAGE_NOT_FOUND, IMAGE_UNREADABLE */
  async see({ x, y }: PairImages): Promise<Seen> {
    const { scorer, images, list } = this
    const view = await scorer.views(await images.file(x), y === null ? null : await images.file(y), list.view)
    return {
      x,
      y,
      pixels: { x: view.x.pixels, y: view.y?.pixels ?? null },
      recipe: { x: view.x.recipe, y: view.y?.recipe ?? null },
      thumbnails: { x: thumbnail(view.x), y: view.y === null ? null : thumbnail(view.y) },
    }
  }

  /** Scores some rows; one that cannot be is told, the others are scored. */
  async score(
    rows: readonly { row: number; images: PairImages }[],
  ): Promise<{ scored: Map<number, ScoredRow>; errors: { row: number; error: ErrorData }[] }> {
    const scored = new Map<number, ScoredRow>()
    const errors: { row: number; error: ErrorData }[] = []
    const refuse = (row: number, error: unknown) => void errors.push({ row, error: toErrorData(error) })
    const seen: { row: number; pair: Seen }[] = []
    for (let at = 0; at < rows.length; at += atOnce) {
      await Promise.all(
        rows.slice(at, at + atOnce).map(({ row, images }) =>
          this.see(images).then(
            (pair) => void seen.push({ row, pair }),
            (error: unknown) => refuse(row, error),
          ),
        ),
      )
    }
    const keep = async (some: typeof seen): Promise<void> => {
      const kept = await this.#together(some.map(({ pair }) => pair))
      some.forEach(({ row, pair }, index) => scored.set(row, { kept: kept[index]!, pixels: pair.pixels }))
    }
    if (seen.length > 0) {
      // One pair that cannot be scored fails all: then each by itself.
      await keep(seen).catch(async () => {
        for (const one of seen) await keep([one]).catch((error: unknown) => refuse(one.row, error))
      })
    }
    return { scored, errors }
  }

  async #together(pairs: readonly Seen[]): Promise<KeptScore[]> {
    const { scorer, list } = this
    const { pairs: scores, classScores } = await scorer.scoreSet(pairs.map(({ pixels }) => pixels))
    const none = { yGivenX: null, xGivenY: null, conditional: null, diagonal: null }
    // Without a class only decisions are told: energies under different classes' models do not compare.
    const comparable = classScores === null || list.class !== null ? scores : null
    return pairs.map(({ x, y, recipe, thumbnails }, index) => ({
      ...list,
      x,
      y,
      recipe,
      thumbnails,
      energy: comparable?.[index]?.energy ?? none,
      reconstructionError: comparable?.[index]?.reconstructionError ?? { y: null, x: null },
      gain: null,
      classScore: classScores?.[index] ?? null,
    }))
  }
}
