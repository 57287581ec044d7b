import type { ErrorData } from '../../../src/shared/errors'
import type { Problem } from '../../../src/shared/events'

/** What a run that diverged has as its error. */
export const diverged: ErrorData = {
  code: 'DIVERGED',
  message: 'Loss is NaN at epoch 7, batch 31',
  where: null,
  remedy: 'Epoch 6 is kept: duplicate with a learning rate below 0.5.',
}

const problems: [ErrorData, string | null][] = [
  [
    {
      code: 'IDX_TRUNCATED',
      message: '7,840,016 bytes promised, 7,123,456 found',
      where: 'images.gz',
      remedy: 'Copy it again; nothing was imported.',
    },
    null,
  ],
  [
    {
      code: 'AMAT_ROW',
      message: '784 values, 785 expected',
      where: 'convex.amat, line 412',
      remedy: 'Correct it; nothing was imported.',
    },
    null,
  ],
  [
    {
      code: 'NO_ENERGY',
      message: 'shifts-2 has no energy: its decoder is untied, so r(y|x) - y is no gradient',
      where: null,
      remedy: 'Train it tied, or see Dynamics.',
    },
    null,
  ],
  [diverged, 'r-failed'],
  [
    {
      code: 'SELF_TEST',
      message: 'webgpu failed its self-test (off by 3e-2, limit 1e-4)',
      where: null,
      remedy: 'Running on cpu; see Settings, Devices.',
    },
    null,
  ],
]

/** Problems of the last five hours, the newest first. */
export const fakeProblems = (): Problem[] =>
  problems.map(([error, run], index) => ({
    at: new Date(Date.now() - (index + 1) * 3_600_000).toISOString(),
    error,
    run,
  }))
