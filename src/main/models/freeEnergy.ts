import type { WeightArray, WeightArrays } from './weightArray'
import type { Activation, Visible } from '../../shared/kinds/keys'

/** Up to this many hidden units are summed over state by state. */
const mostEnumerated = 12

/** Hidden units of an RBM as the activation of its equal auto-encoder has them; null: no RBM has such units. */
export const hiddenUnits = { sigmoid: '0/1', tanh: '-1/+1', linear: 'Gaussian', relu: null } as const satisfies Record<
  Activation,
  string | null
>

export type HiddenUnits = NonNullable<(typeof hiddenUnits)[Activation]>

/** Values of one binary unit. */
const values = { '0/1': [0, 1], '-1/+1': [-1, 1] } as const

/**
 * Free energies of RBMs with unit-variance Gaussian visibles (Bernoulli ones where said), written from the RBMs' own energies and not from the
 * auto-encoders': plain sums over weights in float64, no graph. They stand in docs/theory.md, "RBM equalities".
 */
export interface FreeEnergy {
  value: number
  /** How the hidden units were summed out. */
  how: string
}

/** u_k = Σ_f W_kf f_f g_f + b_k of given factor responses. */
function gatedInputs(WM: WeightArray, bm: WeightArray, f: number[], g: number[]): number[] {
  return Array.from(bm.data, (bias, k) => {
    let u = bias
    for (let i = 0; i < f.length; i++) u += WM.data[k * f.length + i] * f[i] * g[i]
    return u
  })
}

/** Σ_i W_ji v_i of every row j. */
function responses(W: WeightArray, v: ArrayLike<number>): number[] {
  const [rows, width] = W.shape as [number, number]
  return Array.from({ length: rows }, (_, j) => {
    let sum = 0
    for (let i = 0; i < width; i++) sum += W.data[j * width + i] * v[i]
    return sum
  })
}

/** What the visible units have in the RBM's energy: ½‖v - b‖² (Gaussian), -b·v (0/1). */
const visibleCost = (visible: Visible, v: ArrayLike<number>, b: WeightArray): number =>
  Array.from(b.data, (bias, i) => (visible === 'gaussian' ? (v[i] - bias) ** 2 / 2 : -bias * v[i])).reduce(
    (sum, one) => sum + one,
    0,
  )

/** log Σ_h exp(Σ_k h_k u_k) over all 2^K states, the largest exponent taken out. */
function logSumOfStates(u: readonly number[], units: keyof typeof values): number {
  const exponents = Array.from({ length: 2 ** u.length }, (_, state) =>
    u.reduce((sum, uk, k) => sum + values[units][(state >> k) & 1] * uk, 0),
  )
  const largest = Math.max(...exponents)
  return largest + Math.log(exponents.reduce((sum, exponent) => sum + Math.exp(exponent - largest), 0))
}

/** Σ_k log Σ_{h_k} exp(h_k u_k): the units are independent given v. */
const logProduct = (u: readonly number[], units: keyof typeof values): number =>
  u.reduce((sum, uk) => {
    const [low, high] = values[units].map((value) => value * uk)
    return sum + Math.max(low, high) + Math.log1p(Math.exp(-Math.abs(high - low)))
  }, 0)

/** log ∫ exp(h·u - ½‖h‖²) dh = ½‖u‖² + ½ K log 2π */
const logGaussian = (u: readonly number[]): number =>
  u.reduce((sum, uk) => sum + uk ** 2 / 2 + Math.log(2 * Math.PI) / 2, 0)

/** What one group of hidden units adds to minus the free energy. */
function summedOut(u: readonly number[], units: HiddenUnits): FreeEnergy {
  if (units === 'Gaussian') return { value: logGaussian(u), how: 'Gaussian units in closed form' }
  return u.length <= mostEnumerated
    ? { value: logSumOfStates(u, units), how: `all 2^${u.length} states summed` }
    : { value: logProduct(u, units), how: `product form over ${u.length} units` }
}

/** Mean units, whose input is Σ_i W_ji v_i + c_j. */
const meanSummedOut = (w: WeightArrays, v: ArrayLike<number>, units: HiddenUnits): FreeEnergy =>
  summedOut(
    responses(w.W, v).map((response, j) => response + w.c.data[j]),
    units,
  )

/** Classical RBM: E(v, h) = ½‖v - b‖² - Σ_j h_j (Σ_i W_ji v_i + c_j); -b·v in the place of the square with 0/1 visibles. */
export function classicalFreeEnergy(
  visible: Visible,
  w: WeightArrays,
  v: ArrayLike<number>,
  units: HiddenUnits,
): FreeEnergy {
  const { value, how } = meanSummedOut(w, v, units)
  return { value: visibleCost(visible, v, w.b) - value, how }
}

/** Factored conditional RBM: E(y, h|x) = ½‖y - b_y‖² - Σ_k h_k (Σ_f W_kf f_xf f_yf + b_k). */
export function conditionalFreeEnergy(
  visible: Visible,
  w: WeightArrays,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  units: HiddenUnits,
): FreeEnergy {
  const u = gatedInputs(w.WM, w.bm, responses(w.WX ?? w.WF, x), responses(w.WY ?? w.WF, y))
  const { value, how } = summedOut(u, units)
  return { value: visibleCost(visible, y, w.by) - value, how }
}

/** Covariance RBM: E(v, h) = ½‖v - b‖² - Σ_k h_k (Σ_f W_kf f_f² + b_k), f = W_F v. */
export function covarianceFreeEnergy(
  visible: Visible,
  w: WeightArrays,
  v: ArrayLike<number>,
  units: HiddenUnits,
): FreeEnergy {
  const f = responses(w.WF, v)
  const { value, how } = summedOut(gatedInputs(w.WM, w.bm, f, f), units)
  return { value: visibleCost(visible, v, w.b) - value, how }
}

/** Mean-covariance RBM: the covariance RBM with mean units beside it, - Σ_j h_j (Σ_i W_ji v_i + c_j). */
export function meanCovarianceFreeEnergy(
  visible: Visible,
  w: WeightArrays,
  v: ArrayLike<number>,
  units: HiddenUnits,
): FreeEnergy {
  const covariance = covarianceFreeEnergy(visible, w, v, units)
  const mean = meanSummedOut(w, v, units)
  return { value: covariance.value - mean.value, how: `${covariance.how}; mean units: ${mean.how}` }
}

/** E + F of equal models: potentials leave out log 2 (tanh) or ½ log 2π (linear) a unit. */
export const constantOfUnits = (units: HiddenUnits, count: number): number =>
  -count * { '0/1': 0, '-1/+1': Math.LN2, Gaussian: Math.log(2 * Math.PI) / 2 }[units]
