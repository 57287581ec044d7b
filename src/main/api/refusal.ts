/** Something that was refused, as the log tells it: never a query, a token, a cookie, a name or a payload. */
export interface Refusal {
  /** A code. */
  reason: string
  /** Of an HTTP request. */
  method?: string
  /** Class of an HTTP request's path; the path itself may hold anything. */
  path?: 'page' | 'asset' | 'api' | 'other'
  /** The procedure that was called, where there is one of that name. */
  call?: string
  /** Of the other end; absent for the desktop's window. */
  address?: string
}

/** Where pipes tell what they refused and what failed. */
export interface PipeLog {
  refused(refusal: Refusal): void
  error(error: unknown): void
}
