import type { z } from 'zod'

/** What the rules between keys read of a spec. */
interface Combination {
  model: { visible: string; decoder: string }
  preprocess: Readonly<Record<string, boolean>>
  classifier?: object | undefined
}

/** Rules between keys that each are right alone. An issue names the key to change. */
export function checkCombinations(
  { model, preprocess, classifier }: Combination,
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
  if (model.decoder === 'own' && classifier !== undefined) {
    refuse(
      ['model', 'decoder'],
      'a decoder of its own has no energy to classify by: set it to tied, or leave classifier out',
    )
  }
}
