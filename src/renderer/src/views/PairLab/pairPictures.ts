import type { PairScoreResponse } from '../../../../shared/scores'
import { gray, signed, type ColourMap } from '../../charts/colourMaps'
import { sharedLimits, signedLimits, type Limits } from '../../charts/limits'

export interface PairPicture {
  key: string
  title: string
  /** Start of the accessible name. */
  name: string
  pixels: Float32Array
  shape: readonly [number, number]
  map: ColourMap
  limits: Limits
  scope: 'shared' | 'own'
}

const difference = (reconstruction: Float32Array, input: Float32Array) =>
  reconstruction.map((value, pixel) => value - input[pixel])

/**
 * Pictures of one scored pair, in the model's own scale: x, y and the reconstructions share one gray scale; each
 * difference r - y, which is the field, has its own symmetric one.
 */
export function pairPictures({ pair, view }: Pick<PairScoreResponse, 'pair' | 'view'>): PairPicture[] {
  const { input, reconstruction } = pair
  const shapes = { x: view.x.shape, y: view.y?.shape ?? view.x.shape }
  const grays = [input.x, input.y, reconstruction.y, reconstruction.x].filter((pixels) => pixels !== null)
  const limits = sharedLimits(grays)
  const one = input.y === null

  const image = (
    key: string,
    of: 'x' | 'y',
    title: string,
    name: string,
    pixels: Float32Array | null,
  ): PairPicture[] =>
    pixels === null ? [] : [{ key, title, name, pixels, shape: shapes[of], map: gray, limits, scope: 'shared' }]

  const field = (of: 'x' | 'y', title: string): PairPicture[] => {
    const [r, given] = [reconstruction[of], input[of]]
    if (r === null || given === null) return []
    const pixels = difference(r, given)
    const name = `Difference ${of}`
    return [
      {
        key: `difference ${of}`,
        title,
        name,
        pixels,
        shape: shapes[of],
        map: signed,
        limits: signedLimits(pixels),
        scope: 'own',
      },
    ]
  }

  return [
    ...image('x', 'x', 'x', 'Input x', input.x),
    ...image('y', 'y', 'y', 'Input y', input.y),
    ...image('r(y|x)', 'y', 'r(y|x)', 'r(y|x)', reconstruction.y),
    ...field('y', 'r(y|x) \u2212 y'),
    ...image('r(x|y)', 'x', one ? 'r(x|x)' : 'r(x|y)', one ? 'r(x|y) with y = x' : 'r(x|y)', reconstruction.x),
    ...field('x', one ? 'r(x|x) \u2212 x' : 'r(x|y) \u2212 x'),
  ]
}

const stepNames = { contrast: 'contrast normalisation', center: 'centring', whiten: 'whitening' } as const

/** In what scale the pictures are; null where they are pixels as given. */
export function scaleWords(preprocess: PairScoreResponse['preprocess']): string | null {
  const steps = (['contrast', 'center', 'whiten'] as const).filter((step) => preprocess[step])
  return steps.length === 0
    ? null
    : `Shown as the model sees it, after ${steps.map((step) => stepNames[step]).join(', ')}.`
}

/** Whole-number magnification at which all pictures fit in one line, from four to `most`. */
export function fittingFactor(pictures: readonly PairPicture[], available: number, gap: number, most = 8): number {
  const width = pictures.reduce((sum, { shape }) => sum + shape[1], 0)
  const room = available - pictures.length * (gap + 2) + gap
  return Math.min(most, Math.max(4, Math.floor(room / Math.max(1, width))))
}
