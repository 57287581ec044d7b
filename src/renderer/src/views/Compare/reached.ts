import type { Compared } from '../../../../shared/comparing'
import type { Evaluation } from '../../../../shared/runs'

const figuresOf = (evaluation: Evaluation | null) =>
  evaluation === null ? null : [evaluation.error, evaluation.nll, evaluation.loss]

/** What figures of the items depend on, as a text: it changes as they do, and not with each step of a run that trains. */
export const reached = (items: readonly Compared[]): string =>
  JSON.stringify(
    items.map(({ id, runs }) => [
      id,
      runs.map(({ status, valid, test }) => [status, figuresOf(valid), figuresOf(test)]),
    ]),
  )
