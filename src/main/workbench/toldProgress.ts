import type { Progress } from '../../shared/runs'
import type { TrainerEvent } from '../../shared/trainer'
import { silenceText, type Silence } from '../children/pulse'
import type { ProgressMeter } from './progressMeter'

/** Nothing is shown as it was for longer than this. */
const repeatMilliseconds = 10_000

type Reported = Extract<TrainerEvent, { type: 'progress' }>

/**
 * What is told of a run: what its trainers report, and, while one long step or the making of a graph lets them report
 * nothing, the same again with the time; of a trainer that neither answers nor works, that.
 */
export class ToldProgress {
  #last: Progress
  #at = performance.now()
  readonly #silences = new Map<object, Silence>()
  readonly #timer: NodeJS.Timeout

  constructor(
    private readonly meter: ProgressMeter,
    phase: Progress['phase'],
    private readonly tell: (progress: Progress) => void,
  ) {
    const nowhere = { class: null, epoch: 0, epochs: 0, step: 0, loss: null, eta: null }
    this.#last = { t: 0, phase, ...nowhere, fraction: meter.fraction(), remark: 'starting' }
    this.#timer = setInterval(() => this.#repeat(), repeatMilliseconds / 2)
  }

  take({ fraction, type: _, ...position }: Reported): void {
    this.#put(this.meter.update(position, fraction))
  }

  /** @param trainer whose silence it is; null: it has said something */
  silence(trainer: object, silence: Silence | null): void {
    if (silence === null) this.#silences.delete(trainer)
    else this.#silences.set(trainer, silence)
    this.#put(this.#later())
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #put(progress: Progress): void {
    this.#last = progress
    this.#at = performance.now()
    const [silence] = this.#silences.values()
    this.tell(silence === undefined ? progress : { ...progress, eta: null, remark: silenceText(silence) })
  }

  #later(): Progress {
    return { ...this.#last, t: this.#last.t + (performance.now() - this.#at) / 1000 }
  }

  #repeat(): void {
    if (performance.now() - this.#at >= repeatMilliseconds) this.#put(this.#later())
  }
}
