import {
  sweepQuerySchema,
  sweepRequestSchema,
  type SweepDetail,
  type SweepPlan,
  type SweepSummary,
} from '../../shared/sweeps'
import { mutation, nothing, query, type ApiOf } from './acts'

export const sweeps = {
  /** Newest first. */
  list: query(nothing).gives<SweepSummary[]>(),
  get: query(sweepQuerySchema).gives<SweepDetail>(),
  /** What a spec would make; nothing is made. */
  plan: query(sweepRequestSchema).gives<SweepPlan>(),
  /** Writes the whole list, and queues its runs; a sweep that is there already gets the runs that it has grown by. */
  create: mutation(sweepRequestSchema).gives<SweepDetail>(),
  /** Queues again what was cancelled, interrupted, failed or deleted. */
  resume: mutation(sweepQuerySchema).gives<SweepDetail>(),
  /** What waits is cancelled, what runs checkpoints and stops. */
  cancel: mutation(sweepQuerySchema).gives<SweepDetail>(),
}

export type SweepsApi = ApiOf<typeof sweeps>
