import type { PipeLog, Refusal } from '../../src/main/api/refusal'

/** Keeps what a pipe tells its log. */
export class KeptLog implements PipeLog {
  readonly refusals: Refusal[] = []
  readonly errors: unknown[] = []

  refused(refusal: Refusal): void {
    this.refusals.push(refusal)
  }

  error(error: unknown): void {
    this.errors.push(error)
  }
}
