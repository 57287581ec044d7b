import { z } from 'zod'
import { moveRequestSchema, slotsSchema, type Queue } from '../../shared/queue'
import { mutation, nothing, query, type ApiOf } from './acts'

export const queue = {
  list: query(nothing).gives<Queue>(),
  /** Nothing new is started; what runs goes on. Kept over restarts, and for all processes of the data folder. */
  pause: mutation(nothing).gives<Queue>(),
  resume: mutation(nothing).gives<Queue>(),
  /** Lets every run wait again that lost its process before its end, to go on from its last checkpoint. */
  resumeInterrupted: mutation(nothing).gives<Queue>(),
  /** How many runs work at once; null leaves it to the workbench. */
  setSlots: mutation(z.strictObject({ slots: slotsSchema })).gives<Queue>(),
  /** Gives a waiting run another place. */
  move: mutation(moveRequestSchema).gives<Queue>(),
}

export type QueueApi = ApiOf<typeof queue>
