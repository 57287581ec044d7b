import type { Knex } from 'knex'
import { up as start } from './0001_start'
import { up as pairScores } from './0002_pair_scores'
import { up as keysOfKinds } from './0003_keys_of_kinds'
import { up as runNotes } from './0004_run_notes'
import { up as tagsAndNotes } from './0005_tags_and_notes'
import { up as orderOfRuns } from './0006_order_of_runs'
import { up as queue } from './0008_queue'
import { up as sweeps } from './0009_sweeps'

export interface Migration {
  name: string
  up(database: Knex): Promise<void>
}

/** In order; a migration that has been published is never changed. */
export const migrations: readonly Migration[] = [
  { name: '0001_start', up: start },
  { name: '0002_pair_scores', up: pairScores },
  { name: '0003_keys_of_kinds', up: keysOfKinds },
  { name: '0004_run_notes', up: runNotes },
  { name: '0005_tags_and_notes', up: tagsAndNotes },
  { name: '0006_order_of_runs', up: orderOfRuns },
  { name: '0008_queue', up: queue },
  { name: '0009_sweeps', up: sweeps },
]
