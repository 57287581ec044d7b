import { generatorFacts, optionsOf, type GeneratorName, type GeneratorOptions } from '../../../shared/generators'
import type { Source } from '../source'
import { convex } from './convex'
import { digitsOnNoise, rotatedDigits } from './digits'
import type { Generator } from './generator'
import { affine, rescale, rotate } from './pairs/affine'
import { dots, sourceImages } from './pairs/picture'
import { shift, splitShift } from './pairs/shift'
import type { Transformation } from './pairs/transformation'
import { transformationPairs } from './pairs/transformationPairs'
import { rectangles } from './rectangles'

/** What a recipe records: every option that the generator takes, defaults written out. */
export function completeOptions(name: GeneratorName, given: GeneratorOptions, onSource: boolean): GeneratorOptions {
  const defaults = generatorFacts[name].options
  return Object.fromEntries(optionsOf(name, onSource).map((option) => [option, given[option] ?? defaults[option]]))
}

type Whole = Required<GeneratorOptions>

/** @param options complete, as `completeOptions` makes them */
export function makeGenerator(name: GeneratorName, options: GeneratorOptions, source: Source | null): Generator {
  const whole = options as Whole
  const pairs = (transformation: Transformation) =>
    transformationPairs(source === null ? dots(whole.shape, whole.density) : sourceImages(source), transformation)
  switch (name) {
    case 'rectangles':
      return rectangles
    case 'convex':
      return convex
    case 'mnist-rot':
      return rotatedDigits(needed(source))
    case 'mnist-back-rand':
      return digitsOnNoise(needed(source))
    case 'shifts':
      return pairs(shift(whole))
    case 'rotations':
      return pairs(rotate(whole.largestAngle))
    case 'scalings':
      return pairs(rescale(whole.largestScale))
    case 'affine':
      return pairs(affine(whole))
    case 'split':
      return pairs(splitShift(whole))
  }
}

/** The request's schema asks for it. */
function needed(source: Source | null): Source {
  if (source === null) throw new TypeError('no source')
  return source
}
