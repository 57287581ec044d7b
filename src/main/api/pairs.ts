import { z } from 'zod'
import { pairScoreRequestSchema, type PairScoreResponse, type RecentPair } from '../../shared/scores'
import { query, type ApiOf } from './acts'

export const pairs = {
  /** Scores a pair, and keeps the score. */
  score: query(pairScoreRequestSchema).gives<PairScoreResponse>(),
  /** Pairs that were scored last, newest first. */
  recent: query(z.strictObject({ count: z.int().min(1).max(100).default(12) }).prefault({})).gives<RecentPair[]>(),
}

export type PairsApi = ApiOf<typeof pairs>
