import { WorkbenchError } from '../../shared/errors'
import type { ImageShape } from '../../shared/datasets'
import { farNotices } from '../../shared/farFromTraining'
import { kindOf, takesPairs } from '../../shared/kinds'
import type { RunDetail } from '../../shared/runs'
import type { ScoreAnswer } from '../../shared/analyst'
import type { ClassScore, PairScore, PairScoreRequest, PairScoreResponse, RecentPair } from '../../shared/scores'
import { defaultViewOptions, type ModelView, type ViewOptions } from '../../shared/views'
import type { ImageFile } from '../api/images'
import type { PairsApi } from '../api/pairs'
import { readPairArrays } from '../datasets/pairArrays'
import { thumbnail } from '../images/thumbnail'
import { hasEnergy, noEnergy } from '../models/noEnergy'
import type { Store } from '../store/store'
import { readCheckpointMetadata } from '../saved/checkpointDescription'
import type { AnalystClient } from './analystClient'
import { classNamesOf } from './classNames'
import { othersThan, type DatasetSamples } from './datasetSamples'
import type { ImageService } from './images'
import { finalCheckpoint } from './plan'

/** A pair at the size of the model's input, pixels in [0,1], before the run's preprocess. */
export interface PairPixels {
  x: Float32Array
  y: Float32Array | null
}

/** The score of a row: class scores of a classifier, else energies; and what of it is far from the training images. */
export interface ScoredRow {
  score: PairScore | ClassScore
  notices: string[]
}

const byDefault = { x: defaultViewOptions, y: defaultViewOptions }

/** Scores pairs under one run's final model. */
export class RunScorer {
  constructor(
    readonly run: RunDetail,
    readonly checkpoint: string,
    private readonly modelClass: number | null,
    private readonly analyst: AnalystClient,
  ) {}

  /** Of a classifier, where they are known. */
  classNames(): Promise<string[] | null> {
    return classNamesOf(this.run, this.checkpoint)
  }

  get takesPairs(): boolean {
    return takesPairs(this.run.spec.model.kind)
  }

  /** Why its model has no energy; null where it has one. Reconstructions and units it has in either case. */
  get noEnergy(): WorkbenchError | null {
    const { name, spec } = this.run
    return hasEnergy(spec.model) ? null : noEnergy(name, spec.model)
  }

  /** Shapes of x and y as the model sees them: its dataset's; of imported weights, squares. */
  async shapes(): Promise<{ x: ImageShape; y: ImageShape }> {
    const { datasetInfo } = this.run
    if (datasetInfo !== null) return { x: datasetInfo.shape, y: datasetInfo.targetShape ?? datasetInfo.shape }
    const { inputs, targets } = (await readCheckpointMetadata(this.checkpoint)).description
    return { x: square(this.run, inputs), y: square(this.run, targets ?? inputs) }
  }

  view(x: ImageFile, y: ImageFile | null): Promise<PairPixels> {
    return this.views(x, y).then((views) => ({ x: views.x.pixels, y: views.y?.pixels ?? null }))
  }

  async views(
    x: ImageFile,
    y: ImageFile | null,
    options: { x: ViewOptions; y: ViewOptions } = byDefault,
  ): Promise<{ x: ModelView; y: ModelView | null }> {
    if (this.takesPairs && y === null) {
      const { title } = kindOf(this.run.spec.model.kind)
      throw new WorkbenchError('PAIR_NEEDED', `${this.run.name} is a ${title}: it scores pairs`, {
        where: x.name,
        remedy: 'Give image y too.',
      })
    }
    const shapes = await this.shapes()
    const look = ({ name, bytes }: ImageFile, of: 'x' | 'y') =>
      this.analyst.call({ method: 'viewImage', name, bytes, shape: shapes[of], options: options[of] })
    const [ofX, ofY] = await Promise.all([look(x, 'x'), y === null ? null : look(y, 'y')])
    return { x: ofX, y: ofY }
  }

  /** One pair, compared with others at the same x where they are given. */
  scoreOne({ x, y }: PairPixels, others: Float32Array | null): Promise<ScoreAnswer> {
    const { checkpoint, modelClass } = this
    return this.analyst.call({ method: 'score', checkpoint, class: modelClass, x, y, gain: false, others })
  }

  async score(pairs: readonly PairPixels[]): Promise<ScoredRow[]> {
    if (pairs.length === 0) return []
    return this.#scoreRows({ ...this.#rows(pairs), prepared: false })
  }

  /** Several pairs, not compared with each other. */
  scoreSet(pairs: readonly PairPixels[]): Promise<ScoreAnswer> {
    const { checkpoint, modelClass } = this
    return this.analyst.call({ method: 'score', checkpoint, class: modelClass, ...this.#rows(pairs), gain: false })
  }

  /** Means of E(y'|x) over others of a set; see the analyst's call. */
  meansOfOthers(from: number, x: Float32Array, y: Float32Array): Promise<Float64Array | null> {
    return this.analyst.call({ method: 'meansOfOthers', checkpoint: this.checkpoint, from, x, y })
  }

  #rows(pairs: readonly PairPixels[]): { x: Float32Array; y: Float32Array | null } {
    const y = this.takesPairs ? pairs.map((pair) => pair.y ?? pair.x) : null
    return { x: joined(pairs.map((pair) => pair.x)), y: y === null ? null : joined(y) }
  }

  /**
   * Rows of an .npz: x [N, Dx] and, for pairs, y [N, Dy].
   * @param prepared whether they are as the model sees them; else pixels before the run's preprocess
   * @throws WorkbenchError PAIR_ARRAYS, SIZE_MISMATCH
   */
  async scoreArrays(npz: Uint8Array, where: string, prepared: boolean): Promise<ScoredRow[]> {
    const { n, x, y } = readPairArrays(npz, where)
    const { inputs, targets } = (await readCheckpointMetadata(this.checkpoint)).description
    checkWidth('x', x.length / n, inputs, where)
    if (y !== null && targets !== null) checkWidth('y', y.length / n, targets, where)
    return this.#scoreRows({ x, y: targets === null ? null : y, prepared })
  }

  /** What of a pair lies far from the training images; nothing of runs that recorded none. */
  notices(
    pixels: { x: Float32Array | null; y: Float32Array | null },
    reconstructionError: PairScore['reconstructionError'],
  ): string[] {
    const training = this.run.valid?.training ?? this.run.test?.training
    return training === undefined ? [] : farNotices({ pixels, reconstructionError }, training)
  }

  async #scoreRows(rows: PairPixels & { prepared: boolean }): Promise<ScoredRow[]> {
    const { checkpoint, modelClass } = this
    const answer = await this.analyst.call({ method: 'score', checkpoint, class: modelClass, ...rows, gain: true })
    const scores = answer.classScores !== null && modelClass === null ? answer.classScores : (answer.pairs ?? [])
    const errors = answer.pairs?.map((pair) => pair.reconstructionError) ?? answer.reconstructionErrors ?? []
    return scores.map((score, row) => {
      const own = (data: Float32Array) =>
        data.subarray((row * data.length) / scores.length, ((row + 1) * data.length) / scores.length)
      // What preprocessing made of the training pixels is on no record.
      const pixels = { x: rows.prepared ? null : own(rows.x), y: rows.prepared || rows.y === null ? null : own(rows.y) }
      return { score, notices: this.notices(pixels, errors[row] ?? { x: null, y: null }) }
    })
  }
}

/** @throws WorkbenchError SIZE_MISMATCH */
function checkWidth(name: string, width: number, pixels: number, where: string): void {
  if (width === pixels) return
  throw new WorkbenchError('SIZE_MISMATCH', `Rows of ${name} have ${width} values, the model takes ${pixels} pixels`, {
    where,
    remedy: "Give images of the model's own size.",
  })
}

/** Rows one after the other. */
export function joined(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]?.length ?? 0
  const all = new Float32Array(rows.length * width)
  rows.forEach((row, index) => all.set(row, index * width))
  return all
}

function square(run: RunDetail, pixels: number): ImageShape {
  const side = Math.round(Math.sqrt(pixels))
  if (side * side === pixels) return [side, side]
  throw new WorkbenchError('NO_IMAGE_SHAPE', `${run.name} was imported; its ${pixels} pixels are no square`, {
    remedy: 'Score it with --arrays, rows of pixels.',
  })
}

interface Dependencies {
  store: Store
  analyst: AnalystClient
  images: ImageService
  samples: DatasetSamples
}

export class PairService implements PairsApi {
  constructor(private readonly dependencies: Dependencies) {}

  /**
   * @param modelClass one class's model of a classifier; null: the class scores
   * @throws WorkbenchError RUN_UNFINISHED, CLASS_UNKNOWN
   */
  async scorer(reference: string, modelClass: number | null): Promise<RunScorer> {
    const { store, analyst } = this.dependencies
    const run = await store.runs.detail(await store.runs.find(reference))
    const checkpoint = finalCheckpoint(run.spec, await store.checkpoints.list(run.id))
    if (checkpoint === null) {
      throw new WorkbenchError('RUN_UNFINISHED', `${run.name} has no finished model yet (it is ${run.status})`, {
        remedy: 'Choose a finished run, or resume this one.',
      })
    }
    return new RunScorer(run, checkpoint.path, modelClass, analyst)
  }

  /** Scores one pair and keeps what came out. */
  async score(request: PairScoreRequest): Promise<PairScoreResponse> {
    const { images, samples, store } = this.dependencies
    const scorer = await this.scorer(request.run, request.class)
    const { run } = scorer
    const x = await images.file(request.x)
    const y = request.y === null || !scorer.takesPairs ? null : await images.file(request.y)
    const view = await scorer.views(x, y, request.view)
    const pixels = { x: view.x.pixels, y: view.y?.pixels ?? null }
    const sample = await samples.of(run.datasetInfo)
    const others = sample === null ? null : othersThan(pixels.y ?? pixels.x, sample)
    const answer = await scorer.scoreOne(pixels, others)
    const pair = answer.pairs?.[0]
    if (pair === undefined) throw new WorkbenchError('INTERNAL', 'The analyst scored nothing', { exit: 1 })
    const classScore = answer.classScores?.[0] ?? null
    await store.pairScores.put({
      run: run.id,
      batch: null,
      x: request.x,
      y: y === null ? null : request.y,
      class: answer.class,
      view: request.view,
      energy: pair.energy,
      reconstructionError: pair.reconstructionError,
      gain: pair.gain ?? null,
      classScore,
      recipe: { x: view.x.recipe, y: view.y?.recipe ?? null },
      thumbnails: { x: thumbnail(view.x), y: view.y === null ? null : thumbnail(view.y) },
    })
    return {
      run: run.id,
      kind: run.kind,
      datasetHash: run.datasetHash,
      class: answer.class,
      classes: await classNamesOf(run, scorer.checkpoint),
      preprocess: run.spec.preprocess,
      pair,
      gainSet:
        answer.compared === null || sample === null
          ? null
          : { dataset: run.dataset, split: sample.split, ...answer.compared },
      classScore,
      notices: scorer.notices(pixels, pair.reconstructionError),
      noEnergy: scorer.noEnergy?.toData() ?? null,
      view,
      training: sample?.training ?? { x: null, y: null },
    }
  }

  recent({ count }: { count: number }): Promise<RecentPair[]> {
    return this.dependencies.store.pairScores.recent(count)
  }
}
