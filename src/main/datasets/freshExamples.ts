import { splitNames, type GeneratedRecipe } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { generatorNameSchema, generatorOptionsSchema } from '../../shared/generators'
import { drawSplit, type DrawnExamples } from './drawSplit'
import { makeGenerator } from './generators/makeGenerator'
import { Random } from './random'
import { openSource } from './source'

/** Training examples of epoch 1, 2, ...; the dataset's own are those of epoch 0. They depend on recipe and epoch alone. */
export type FreshExamples = (epoch: number) => Promise<DrawnExamples>

/**
 * @param sourcePath dataset file of the images that the recipe varies
 * @throws RECIPE_UNKNOWN, and what opening a source throws
 */
export async function openFresh(recipe: GeneratedRecipe, sourcePath: string | null): Promise<FreshExamples> {
  const name = generatorNameSchema.safeParse(recipe.generator)
  const options = generatorOptionsSchema.safeParse(recipe.options)
  if (!name.success || !options.success) {
    throw new WorkbenchError('RECIPE_UNKNOWN', `This version cannot draw "${recipe.generator}" as it was drawn`, {
      remedy: 'Generate the dataset again, or set fresh to false.',
      exit: 1,
    })
  }
  const source = sourcePath === null ? null : await openSource(sourcePath, recipe.source?.name ?? sourcePath)
  const generator = makeGenerator(name.data, options.data, source)
  return (epoch) => {
    // The first streams are those of the dataset's splits.
    const random = new Random(recipe.seed, splitNames.length + epoch)
    return drawSplit(generator, 'train', recipe.counts.train, random, {})
  }
}
