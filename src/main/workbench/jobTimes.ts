import { costShape } from '../../shared/spec/costShape'
import { runSpecSchema } from '../../shared/spec/schema'
import type { FinishedRow, JobRow } from '../store/queue'

/** So many finished runs tell the time of a like one: later ones tell more of the machine as it is. */
const enough = 5

/** A run so many times longer or shorter tells nothing: what does not depend on the epochs would count as often. */
const farthest = 8

interface Shape {
  key: string
  epochs: number
}

interface Sample {
  epochs: number
  seconds: number
}

/**
 * How long runs will work, by others like them: of the same shape, on as many images, with as many threads, in proportion
 * to the epochs; by finished ones, and by those under way that say when they will be.
 */
export class JobTimes {
  readonly #samples = new Map<string, Sample[]>()

  /**
   * @param finished newest first
   * @param shapes by run: a run's spec never changes, and is read once
   */
  constructor(
    finished: readonly FinishedRow[],
    running: readonly JobRow[],
    private readonly shapes = new Map<string, Shape>(),
  ) {
    for (const row of running) if (row.progress?.eta != null) this.#add(row, row.seconds + row.progress.eta)
    for (const row of finished) this.#add(row, row.seconds)
  }

  /** The same by other runs. */
  with(finished: readonly FinishedRow[], running: readonly JobRow[]): JobTimes {
    return new JobTimes(finished, running, this.shapes)
  }

  /** Seconds of work from its start to its end; null where there is no run like it. */
  whole(row: FinishedRow): number | null {
    const { key, epochs } = this.#shapeOf(row)
    const distance = (sample: Sample) => Math.abs(Math.log(sample.epochs / epochs))
    const samples = this.#samples.get(key) ?? []
    const least = Math.min(...samples.map(distance))
    if (least > Math.log(farthest)) return null
    const near = samples.filter((sample) => distance(sample) === least).slice(0, enough)
    return epochs * median(near.map((sample) => sample.seconds / sample.epochs))
  }

  /** Seconds that are left of it: as it says itself, else by what it has worked already. */
  left(row: JobRow): number | null {
    const told = row.progress?.eta ?? null
    if (told !== null) return told
    const whole = this.whole(row)
    return whole === null ? null : Math.max(0, whole - row.seconds)
  }

  #add(row: FinishedRow, seconds: number): void {
    const { key, epochs } = this.#shapeOf(row)
    const samples = this.#samples.get(key) ?? []
    samples.push({ epochs, seconds })
    this.#samples.set(key, samples)
  }

  #shapeOf({ id, spec: text, train, threads }: FinishedRow): Shape {
    const before = this.shapes.get(id)
    if (before !== undefined) return before
    const spec = runSpecSchema.parse(JSON.parse(text))
    const shape = { key: JSON.stringify([costShape(spec), train, threads]), epochs: spec.epochs }
    this.shapes.set(id, shape)
    return shape
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[sorted.length - 1 - middle] ?? 0, sorted[middle] ?? 0]
  return (low + high) / 2
}
