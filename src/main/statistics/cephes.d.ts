/** Its own types lie where its `exports` hide them. */
declare module 'cephes' {
  /** Settled when the functions can be called. */
  export const compiled: Promise<void>
  /** P(X <= k), X ~ Binomial(n, p). */
  export function bdtr(k: number, n: number, p: number): number
  /** I_x(a, b), the regularised incomplete beta function. */
  export function incbet(a: number, b: number, x: number): number
  /** x of I_x(a, b) = y. */
  export function incbi(a: number, b: number, y: number): number
}
