import type { GraphCompiler } from '../compute/engine'
import type { ClassModels, ClassScorer } from './classScorer'
import { modelKinds } from './kinds/registry'
import { scoresOf } from './posterior'
import { TermEvaluation } from './termEvaluation'

/** Scores by eq. 7 and 8: the energy terms of all classes, weighed by the coefficients. */
async function energyScores(compiler: GraphCompiler, models: ClassModels, most: number): Promise<ClassScorer> {
  const { classes, coefficients, description, energy } = models
  if (classes === null || coefficients === null) throw new TypeError('energies of one model a class are compared')
  const evaluation = await TermEvaluation.compile(compiler, description, classes, energy, most)
  const weights = TermEvaluation.weights(models)
  return {
    run: async (examples, breathe) => {
      const terms = await evaluation.run(examples, weights, breathe)
      return { scores: scoresOf(terms, coefficients), terms }
    },
    dispose: () => evaluation.dispose(),
  }
}

/** Scores as the models' kind gives them. @param most images in one run */
export const openClassScorer = (compiler: GraphCompiler, models: ClassModels, most: number): Promise<ClassScorer> =>
  (modelKinds[models.description.kind].scores ?? energyScores)(compiler, models, most)
