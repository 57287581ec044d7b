import { createHash } from 'node:crypto'
import type { PairScoreResponse, StoredImage } from '../../src/shared/scores'
import { defaultViewOptions } from '../../src/shared/views'
import { WorkbenchError } from '../../src/shared/errors'
import type { WorkbenchEvent } from '../../src/shared/events'
import type { Workbench } from '../../src/main/api/workbench'

type Part = Pick<Workbench, 'events'> & {
  images: Pick<Workbench['images'], 'put' | 'get'>
  pairs: Pick<Workbench['pairs'], 'score'>
  runs: Pick<Workbench['runs'], 'get'>
}

const shown = new Float32Array([0, 0.25, -1.5, Math.fround(1 / 3)])

const answer = (run: string): PairScoreResponse => ({
  run,
  kind: 'mcae',
  datasetHash: '',
  class: null,
  classes: null,
  preprocess: { contrast: false, center: false, whiten: false },
  notices: [],
  pair: {
    energy: { yGivenX: null, xGivenY: null, conditional: 41.307, diagonal: -0.5 },
    reconstructionError: { y: null, x: 0.031 },
    mapping: shown,
    hidden: null,
    reconstruction: { y: null, x: new Float32Array(784).fill(0.5) },
    input: { x: new Float32Array(784), y: null },
  },
  classScore: null,
  gainSet: null,
  view: {
    x: {
      recipe: ['luma'],
      options: defaultViewOptions,
      steps: { channel: true, background: false, frame: false, resampling: false },
      shape: [28, 28],
      pixels: new Float32Array(784),
    },
    y: null,
  },
  training: { x: null, y: null },
  noEnergy: null,
})

/** As much of a workbench as the pipes' contract calls. */
export class PipeWorkbench {
  /** Subscriptions under way. */
  subscribers = 0
  /** Events that were asked for. */
  pulled = 0
  events: WorkbenchEvent[] = []
  readonly #stored = new Map<string, Uint8Array>()

  readonly workbench: Workbench = {
    images: {
      put: async ({ name, bytes }) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        this.#stored.set(sha256, bytes)
        return this.#image(sha256, name)
      },
      get: async ({ sha256 }) => ({
        image: this.#image(sha256, 'x.png'),
        bytes: this.#stored.get(sha256) ?? new Uint8Array(),
      }),
    },
    pairs: { score: async ({ run }) => answer(run) },
    runs: {
      get: async ({ run }) => {
        throw new WorkbenchError('RUN_NOT_FOUND', `There is no run ${run}`, {
          where: run,
          remedy: 'See the list of runs.',
        })
      },
    },
    events: { follow: (_, signal) => this.#read(signal) },
  } satisfies Part as unknown as Workbench

  #image(sha256: string, name: string): StoredImage {
    return { sha256, name, width: 1, height: 1, format: 'png', origin: null }
  }

  async *#read(signal: AbortSignal): AsyncGenerator<WorkbenchEvent> {
    this.subscribers++
    try {
      for (const event of this.events) {
        this.pulled++
        yield event
      }
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    } finally {
      this.subscribers--
    }
  }
}
