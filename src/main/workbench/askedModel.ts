import type { ImageShape } from '../../shared/datasets'
import type { ImageReference } from '../../shared/dynamics'
import { defaultViewOptions } from '../../shared/views'
import type { RunDetail } from '../../shared/runs'
import type { AnalystClient } from './analystClient'
import type { ImageService } from './images'
import type { PairService, RunScorer } from './pairs'

export interface ModelSources {
  analyst: AnalystClient
  images: ImageService
  pairs: PairService
}

/** The finished model that a request names, and its images at the model's size. */
export class AskedModel {
  private constructor(
    private readonly scorer: RunScorer,
    /** null where an imported model's pixels are no square. */
    readonly shapes: { x: ImageShape | null; y: ImageShape | null },
    private readonly sources: ModelSources,
  ) {}

  /** @throws WorkbenchError RUN_UNFINISHED */
  static async open(sources: ModelSources, run: string, modelClass: number | null): Promise<AskedModel> {
    const scorer = await sources.pairs.scorer(run, modelClass)
    const shapes = await scorer.shapes().catch(() => ({ x: null, y: null }))
    return new AskedModel(scorer, shapes, sources)
  }

  get checkpoint(): string {
    return this.scorer.checkpoint
  }

  get run(): RunDetail {
    return this.scorer.run
  }

  /** Pixels in [0,1] before the run's preprocess. */
  async pixels(image: ImageReference, slot: 'x' | 'y'): Promise<Float32Array> {
    if (image instanceof Float32Array) return image
    const { sha256, options } = typeof image === 'string' ? { sha256: image, options: defaultViewOptions } : image
    const { analyst, images } = this.sources
    const shape = (await this.scorer.shapes())[slot]
    const { name, bytes } = await images.file(sha256)
    return (await analyst.call({ method: 'viewImage', name, bytes, shape, options })).pixels
  }
}
