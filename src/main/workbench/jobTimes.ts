import { costShape } from '../../shared/spec/costShape'
import { runSpecSchema } from '../../shared/spec/schema'
import type { FinishedRow, JobRow } from '../store/queue'

/** So many finished runs tell the time of a like one: later ones tell more of the machine as it is. */
const enough = 5

interface Shape {
  key: string
  epochs: number
}

/** How long runs will work, by finished runs like them: of the same shape, on as many images, with as many threads. */
export class JobTimes {
  readonly #secondsOfEpoch: ReadonlyMap<string, number>

  /**
   * @param finished newest first
   * @param shapes by run: a run's spec never changes, and is read once
   */
  constructor(
    finished: readonly FinishedRow[],
    private readonly shapes = new Map<string, Shape>(),
  ) {
    const found = new Map<string, number[]>()
    for (const row of finished) {
      const { key, epochs } = this.#shapeOf(row)
      const seconds = found.get(key) ?? []
      if (seconds.length < enough) found.set(key, [...seconds, row.seconds / epochs])
    }
    this.#secondsOfEpoch = new Map([...found].map(([key, seconds]) => [key, median(seconds)]))
  }

  /** The same by other finished runs. */
  with(finished: readonly FinishedRow[]): JobTimes {
    return new JobTimes(finished, this.shapes)
  }

  /** Seconds of work from its start to its end; null where no run like it is finished. */
  whole(row: JobRow): number | null {
    const { key, epochs } = this.#shapeOf(row)
    const pace = this.#secondsOfEpoch.get(key)
    return pace === undefined ? null : pace * epochs
  }

  /** Seconds that are left of it: as it says itself, else by what it has worked already. */
  left(row: JobRow): number | null {
    const told = row.progress?.eta ?? null
    if (told !== null) return told
    const whole = this.whole(row)
    return whole === null ? null : Math.max(0, whole - row.seconds)
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
