import type { ApiOf } from './acts'
import { app } from './app'
import { batches } from './batches'
import { compare } from './compare'
import { datasets } from './datasets'
import { devices } from './devices'
import { dynamics } from './dynamics'
import { events } from './events'
import { images } from './images'
import { models } from './models'
import { pairs } from './pairs'
import { presets } from './presets'
import { queue } from './queue'
import { runs } from './runs'
import { sample } from './sample'
import { sweeps } from './sweeps'
import { transformations } from './transformations'

/** All that a screen may ask for. */
export const nouns = {
  app,
  datasets,
  runs,
  queue,
  sweeps,
  compare,
  models,
  sample,
  images,
  pairs,
  batches,
  dynamics,
  transformations,
  presets,
  devices,
  events,
}

/** What carries it out; `src/main/app.ts` composes it. */
export type Workbench = { [Noun in keyof typeof nouns]: ApiOf<(typeof nouns)[Noun]> }
