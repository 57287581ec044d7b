import type { Dataset } from '../../shared/datasets'
import type { Preset } from '../../shared/presets'
import { completeOptions, makeGenerator } from './generators/makeGenerator'

/** How large the data of a preset will be, before it is made; it varies no dataset. */
export function madeSize({
  generator,
  options = {},
  ...n
}: NonNullable<Preset['data']>): Pick<Dataset, 'shape' | 'targetShape' | 'classes' | 'n'> {
  const { shape, targetShape, classes } = makeGenerator(generator, completeOptions(generator, options, false), null)
  return { shape, targetShape, classes, n }
}
