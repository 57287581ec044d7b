import type { TrainerEvent, TrainerRequest } from '../../shared/trainer'
import type { Child, ChildExit, Launch } from '../children/child'

/** After so many tasks another process takes over: what a native library may lose on the way stays small. */
const mostTasks = 100

/** A trainer process, and who has it now. */
interface Warm {
  child: Child
  tasks: number
  /** Its last task came to its end: it is as good as a new one. */
  isWell: boolean
  holder: { message: (message: unknown) => void; exit: (exit: ChildExit) => void } | null
}

/**
 * Trainers that are handed on to the next run when their own has no more need of them, while the queue has work: a new
 * process takes as long to start, and to warm up, as a small run trains. One whose task failed is ended.
 */
export class WarmTrainers {
  readonly #idle: Warm[] = []
  #isOpen = false

  constructor(private readonly start: Launch) {}

  /** As the launch that it was made of; who kills the child that it gives has no more need of it. */
  readonly launch: Launch = (entry) => {
    this.#isOpen = true
    const warm = this.#idle.pop() ?? this.#started(this.start(entry))
    const messages: ((message: unknown) => void)[] = []
    const exits: ((exit: ChildExit) => void)[] = []
    warm.holder = {
      message: (message) => messages.forEach((listener) => listener(message)),
      exit: (exit) => exits.forEach((listener) => listener(exit)),
    }
    let isHeld = true
    return {
      get pid() {
        return warm.child.pid
      },
      send: (message) => {
        if ((message as TrainerRequest).type === 'start') {
          warm.isWell = false
          warm.tasks++
        }
        warm.child.send(message)
      },
      onMessage: (listener) => void messages.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => {
        if (!isHeld) return
        isHeld = false
        this.#giveBack(warm)
      },
    }
  }

  /** Ends those that nobody has: the queue has no more work. */
  rest(): void {
    this.#isOpen = false
    for (const { child } of this.#idle.splice(0)) child.kill()
  }

  #started(child: Child): Warm {
    const warm: Warm = { child, tasks: 0, isWell: false, holder: null }
    child.onMessage((message) => {
      const { type } = message as Partial<TrainerEvent>
      if (type === 'done' || type === 'cancelled') warm.isWell = true
      warm.holder?.message(message)
    })
    child.onExit((exit) => {
      warm.isWell = false
      const at = this.#idle.indexOf(warm)
      if (at >= 0) this.#idle.splice(at, 1)
      warm.holder?.exit(exit)
    })
    return warm
  }

  #giveBack(warm: Warm): void {
    if (!warm.isWell || warm.tasks >= mostTasks || !this.#isOpen) return warm.child.kill()
    warm.holder = null
    this.#idle.push(warm)
  }
}
