import type { z } from 'zod'
import { takesPairs, type ModelKind } from '../kinds'

/** What the rules between keys read of a spec; a kind has those keys of a model that mean something for it. */
interface Combination {
  model: { kind: ModelKind; visible?: string; decoder?: string; factors?: number; mappings?: number }
  contraction: { weight: number; estimate: string }
  batchSize: number
  fresh: boolean
  preprocess: Readonly<Record<string, boolean>>
  classifier?: object | undefined
}

/** Numbers in the largest array of a step's exact contraction, of which about eight live at once: 1 GB. */
const mostContracted = 2 ** 25

/** Rules between keys that each are right alone. An issue names the key to change. */
export function checkCombinations(
  { model, preprocess, contraction, batchSize, fresh, classifier }: Combination,
  { addIssue }: z.core.$RefinementCtx<Combination>,
): void {
  const refuse = (path: string[], message: string) => addIssue({ code: 'custom', path, message })
  if (model.visible === 'bernoulli') {
    for (const [step, on] of Object.entries(preprocess)) {
      if (!on) continue
      refuse(
        ['preprocess', step],
        `Bernoulli visibles need pixels in [0,1], which ${step} leaves: set it to false, or model.visible to gaussian`,
      )
    }
  }
  if (classifier !== undefined && takesPairs(model.kind)) {
    refuse(['classifier'], `a classifier compares models of one image: leave it out for model.kind ${model.kind}`)
  }
  if (classifier !== undefined && fresh) {
    refuse(['fresh'], 'fresh examples are drawn for one model of all data: set it to false, or leave classifier out')
  }
  if (model.decoder === 'own' && classifier !== undefined) {
    refuse(
      ['model', 'decoder'],
      'a decoder of its own has no energy to classify by: set it to tied, or leave classifier out',
    )
  }
  // An exact contraction holds W_M[k] diag(f) for every mapping unit of every row of a batch.
  const contracted = batchSize * (model.mappings ?? 0) * (model.factors ?? 0)
  if (contraction.weight > 0 && contraction.estimate === 'exact' && contracted > mostContracted) {
    refuse(
      ['contraction', 'estimate'],
      `exact needs batchSize x mappings x factors = ${contracted} numbers, at most ${mostContracted}: set it to sampled`,
    )
  }
}
