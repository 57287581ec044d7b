import type { ErrorData } from '../../shared/errors'

/** Whether a run's loss left all bounds: made again, it would do so again. Any other failure may be mended. */
export const hasDiverged = ({ status, error }: { status: string | null; error: ErrorData | null }): boolean =>
  status === 'failed' && error?.code === 'DIVERGED'
