import { WorkbenchError } from '../../shared/errors'
import type { ClassScore, PairScore } from '../../shared/scores'
import type { Backend } from '../compute/backend'
import { BatchedGraph, weightTensors, type Floats } from '../models/batchedGraph'
import { selectExamples, type Examples } from '../models/examples'
import { decide, posterior, undecided } from '../models/posterior'
import { ReconstructionErrors } from '../models/reconstructionErrors'
import { scoreParts } from '../models/scoreParts'
import { type SavedModel } from '../saved/savedModel'
import { conditionalGains, energyGains, gainOver, meansOfOthers } from './gain'
import { scoreOutputs, type ScoreOutput } from './scoreGraph'
import { asSeen, preparedExamples } from '../saved/seen'
import { weightsOfClass } from '../models/classWeights'
import type { ClassScorer } from '../models/classScorer'
import { openClassScorer } from '../models/openClassScorer'

const largestBatch = 256

/** Images or pairs to score: x [N, Dx], y [N, Dy] or null, as pixels before the run's preprocessing, or `prepared`. */
export interface ScoreInput {
  x: Float32Array
  /** Not read by models of one image. */
  y: Float32Array | null
  /** True: as the model sees them. */
  prepared?: boolean | undefined
}

type ScoreArrays = Partial<Record<ScoreOutput, Floats>>

/** Scores images or pairs under one saved model; keeps what it has compiled. */
export class Scorer {
  readonly #graphs = new Map<string, Promise<BatchedGraph>>()
  #classes: Promise<ClassScorer> | null = null
  #errors: Promise<ReconstructionErrors> | null = null

  constructor(
    private readonly backend: Backend,
    readonly model: SavedModel,
  ) {}

  /**
   * @param modelClass whose model, for a classifier
   * @param gain whether energies are also compared within the set (`theory.md`, what may be compared)
   * @returns energies null with a decoder of its own, which has none
   * @throws Y_NEEDED, SIZE_MISMATCH, CLASS_UNKNOWN, ENERGY_NOT_FINITE, PIXELS_RANGE
   */
  async pairs(input: ScoreInput, modelClass: number | null, gain: boolean): Promise<PairScore[]> {
    const { model } = this
    const { n, x, y } = await this.#seen(input)
    const weights = weightTensors(weightsOfClass(model, modelClass))
    const rows: Record<string, Float32Array> = y === null ? { x } : { x, y }
    const batch = n === 1 ? 1 : largestBatch
    const all = await this.#graph('all', batch)
    const arrays: ScoreArrays = await all.run(n, rows, weights)
    checkFinite(arrays, n)
    const gains = gain && n > 1 ? await this.#gains(arrays, n, x, y, weights) : null
    return Array.from({ length: n }, (_, row) =>
      pairScore(arrays, row, n, { x, y }, gains === null ? null : gains[row]),
    )
  }

  /** s_i, posterior and decision of each image; null for a model that is no classifier. @throws SCORES_NOT_FINITE */
  async classScores(input: ScoreInput): Promise<ClassScore[] | null> {
    const { classes } = this.model
    if (classes === null) return null
    this.#classes ??= openClassScorer(this.backend, this.model, largestBatch)
    const seen = await this.#seen(input)
    const { scores, terms } = await (await this.#classes).run(seen)
    return Array.from({ length: seen.n }, (_, row) => {
      const own = scores.slice(row * classes, (row + 1) * classes)
      const found = { scores: [...own], posterior: [...posterior(own)], predicted: decide(own, `image ${row}`) }
      const { coefficients } = this.model
      return terms === null || coefficients === null ? found : { ...found, parts: scoreParts(terms, coefficients, row) }
    })
  }

  /** How well each image is reconstructed by the model of a class; null where that is `undecided`. */
  async reconstructionErrors(
    input: ScoreInput,
    classes: readonly number[],
  ): Promise<PairScore['reconstructionError'][]> {
    const seen = await this.#seen(input)
    this.#errors ??= ReconstructionErrors.compile(this.backend, this.model.description, largestBatch)
    const found = classes.map((): PairScore['reconstructionError'] => ({ x: null, y: null }))
    for (const modelClass of new Set(classes)) {
      if (modelClass === undecided) continue
      const rows = [...classes.keys()].filter((row) => classes[row] === modelClass)
      const weights = weightTensors(weightsOfClass(this.model, modelClass))
      const errors = await (await this.#errors).run(selectExamples(seen, rows), weights)
      rows.forEach((row, index) => (found[row] = { x: errors.x[index], y: errors.y?.[index] ?? null }))
    }
    return found
  }

  /**
   * One pair against others at the same x: how far its energy lies above their mean, and above how many of them.
   * @param own the pair's score
   * @param others y' [M, Dy]; for a model of one image x' [M, Dx], whose energies are comparable
   * @returns null without an energy
   */
  async compare(own: PairScore, { x }: Pick<ScoreInput, 'x'>, others: Float32Array, modelClass: number | null) {
    const { description, energy } = this.model
    const which = description.targets === null ? energy : 'yGivenX'
    const ownEnergy = own.energy[which]
    if (ownEnergy === null) return null
    const pixels = description.targets ?? description.inputs
    const { n, ...rows } = await this.#seen(
      description.targets === null
        ? { x: others, y: null }
        : { x: repeated(x, rowsOf('others', others, pixels)), y: others },
    )
    const graph = await this.#graph(which, largestBatch)
    const weights = weightTensors(weightsOfClass(this.model, modelClass))
    const energies = (await graph.run(n, rows.y === null ? { x: rows.x } : { x: rows.x, y: rows.y }, weights))[which]
    return gainOver(ownEnergy, energies)
  }

  /**
   * Means of E(y'|x) over others of a set, for some of its pairs; a set is compared piece by piece so that other calls
   * are answered in between. @param rows x [rows, Dx] from place `from` on; y [N, Dy] of the whole set
   * @returns [rows]; null without an energy
   */
  async meansOfOthers({ from, x, y }: { from: number; x: Float32Array; y: Float32Array }, modelClass: number | null) {
    const { description } = this.model
    if (description.targets === null || scoreOutputs(description, 1).yGivenX === undefined) return null
    const [rows, n] = [rowsOf('x', x, description.inputs), rowsOf('y', y, description.targets)]
    const graph = await this.#graph('yGivenX', largestBatch)
    const weights = weightTensors(weightsOfClass(this.model, modelClass))
    const seenX = (await asSeen(this.model, { n: rows, x, y: null })).x
    const seenY = (await asSeen(this.model, { n, x: new Float32Array(0), y })).y ?? y
    return meansOfOthers({ from, x: seenX, y: seenY, n }, rows, async (pairs) => {
      return (await graph.run(pairs.n, { x: pairs.x, y: pairs.y }, weights)).yGivenX
    })
  }

  async dispose(): Promise<void> {
    for (const graph of this.#graphs.values()) await (await graph).dispose()
    await (await this.#classes)?.dispose()
    await (await this.#errors)?.dispose()
  }

  async #seen({ x, y, prepared }: ScoreInput): Promise<{ n: number; x: Float32Array; y: Float32Array | null }> {
    const { description } = this.model
    const n = rowsOf('x', x, description.inputs)
    const see = (examples: Examples) =>
      prepared === true ? preparedExamples(this.model, examples) : asSeen(this.model, examples)
    if (description.targets === null) return see({ n, x, y: null })
    if (y === null) {
      throw new WorkbenchError('Y_NEEDED', 'A gated auto-encoder scores pairs, y is missing', {
        where: 'y',
        remedy: 'Give a second image.',
      })
    }
    if (rowsOf('y', y, description.targets) !== n) {
      throw new WorkbenchError('SIZE_MISMATCH', `${n} images x, ${y.length / description.targets} images y`, {
        where: 'y',
        remedy: 'Give one y for each x.',
      })
    }
    return see({ n, x, y })
  }

  #graph(which: 'all' | ScoreOutput, batch: number): Promise<BatchedGraph> {
    const key = `${which} ${batch}`
    let compiled = this.#graphs.get(key)
    if (compiled === undefined) {
      const outputs = scoreOutputs(this.model.description, batch)
      const wanted = which === 'all' ? outputs : { [which]: outputs[which] }
      const entries = Object.entries(wanted).flatMap(([name, node]) =>
        node === undefined ? [] : [[name, node] as const],
      )
      compiled = BatchedGraph.compile(this.backend, Object.fromEntries(entries), batch)
      this.#graphs.set(key, compiled)
    }
    return compiled
  }

  async #gains(
    arrays: ScoreArrays,
    n: number,
    x: Float32Array,
    y: Float32Array | null,
    weights: ReturnType<typeof weightTensors>,
  ): Promise<Float64Array | null> {
    const own = arrays[y === null ? this.model.energy : 'yGivenX']
    if (own === undefined) return null
    if (y === null) return energyGains(own)
    const graph = await this.#graph('yGivenX', largestBatch)
    const energies = async (pairs: { n: number; x: Float32Array; y: Float32Array }) =>
      (await graph.run(pairs.n, { x: pairs.x, y: pairs.y }, weights)).yGivenX
    return conditionalGains(own, { n, x, y }, energies)
  }
}

function repeated(row: Float32Array, times: number): Float32Array {
  const rows = new Float32Array(times * row.length)
  for (let i = 0; i < times; i++) rows.set(row, i * row.length)
  return rows
}

function rowsOf(name: string, data: Float32Array, pixels: number): number {
  const n = data.length / pixels
  if (Number.isInteger(n) && n > 0) return n
  throw new WorkbenchError('SIZE_MISMATCH', `${data.length} pixels are no whole number of images of ${pixels}`, {
    where: name,
    remedy: "Give images of the model's own size.",
  })
}

function checkFinite(arrays: ScoreArrays, n: number): void {
  for (const name of ['yGivenX', 'xGivenY', 'conditional', 'diagonal'] as const) {
    const energies = arrays[name]
    const bad = energies === undefined ? -1 : energies.findIndex((energy) => !Number.isFinite(energy))
    if (energies === undefined || bad < 0) continue
    throw new WorkbenchError('ENERGY_NOT_FINITE', `The energy is ${energies[bad]}`, {
      where: n === 1 ? null : `pair ${bad}`,
      remedy: 'The model has diverged, or the pixels are far outside its range.',
      exit: 1,
    })
  }
}

function pairScore(
  arrays: ScoreArrays,
  row: number,
  n: number,
  { x, y }: { x: Float32Array; y: Float32Array | null },
  gain: number | null,
): PairScore {
  const own = (data: Floats | null | undefined): Float32Array | null => {
    if (data === null || data === undefined) return null
    const width = data.length / n
    return Float32Array.from(data.subarray(row * width, (row + 1) * width))
  }
  const energy = (name: ScoreOutput): number | null => arrays[name]?.[row] ?? null
  const input = { x: own(x) ?? new Float32Array(0), y: own(y) }
  const reconstruction = { y: own(arrays.reconstructionY), x: own(arrays.reconstructionX) }
  return {
    energy: {
      yGivenX: energy('yGivenX'),
      xGivenY: energy('xGivenY'),
      conditional: energy('conditional'),
      diagonal: energy('diagonal'),
    },
    reconstructionError: {
      y: meanSquare(reconstruction.y, input.y),
      x: meanSquare(reconstruction.x, input.x),
    },
    mapping: own(arrays.mapping),
    hidden: own(arrays.hidden),
    reconstruction,
    input,
    gain,
  }
}

/** Mean squared error per pixel. */
function meanSquare(reconstruction: Float32Array | null, target: Float32Array | null): number | null {
  if (reconstruction === null || target === null) return null
  let sum = 0
  for (let i = 0; i < target.length; i++) sum += (reconstruction[i] - target[i]) ** 2
  return sum / target.length
}
