import { z } from 'zod'
import { runReferenceSchema, type Progress } from './runs'

/** Runs at once; null: as many as the workbench thinks fast. */
export const slotsSchema = z.int().min(1).max(64).nullable()

/** Place among those that wait, from 1. */
export const moveRequestSchema = z.strictObject({ run: runReferenceSchema, position: z.int().min(1) })

/** How the queue stands, for all processes of a data folder. */
export interface QueueState {
  /** Nothing new is started; what runs goes on. */
  paused: boolean
  /** What the user chose; null: left to the workbench. */
  chosen: number | null
  /** How many runs work at once. */
  slots: number
  /** Cores that they share. */
  cores: number
}

/** A run that works, or waits for its turn. */
export interface Job {
  run: string
  name: string
  status: 'running' | 'queued'
  /** Among those that wait, from 1; null while it runs. */
  position: number | null
  /** Seconds until it is finished, by finished runs like it; null while nothing is known. */
  eta: number | null
  /** Of its colour. */
  slot: number
  kind: string
  dataset: string
  /** Null before it is begun. */
  engine: string | null
  device: string | null
  dtype: string | null
  threads: number | null
  /** As it was kept last; null while it waits. */
  progress: Progress | null
  sweep: string | null
}

export interface Queue extends QueueState {
  /** Those that run, then those that wait, in their order. */
  runs: Job[]
  /** Seconds until all are finished; null where the time of one of them is not known, or nothing is there. */
  left: number | null
  /** Of how many the time is not known. */
  unknown: number
  /** How many runs lost their process before their end. */
  interrupted: number
}
