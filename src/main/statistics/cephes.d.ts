/** Its own types lie where its `exports` hide them. */
declare module 'cephes' {
  /** Settled when the functions can be called. */
  export const compiled: Promise<void>
  /** P(X <= k), X ~ Binomial(n, p). */
  export function bdtr(k: number, n: number, p: number): number
}
