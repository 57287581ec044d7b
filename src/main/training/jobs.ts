import type { TrainerJob } from '../../shared/trainer'

export type WhitenJob = Extract<TrainerJob, { task: 'whiten' }>
export type PretrainJob = Extract<TrainerJob, { task: 'pretrain' }>
export type FitJob = Extract<TrainerJob, { task: 'fit' }>
export type EvaluateJob = Extract<TrainerJob, { task: 'evaluate' }>
