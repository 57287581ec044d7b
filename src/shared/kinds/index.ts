import { z } from 'zod'
import type { Kind } from './kind'
import { kinds } from './registry'

export type ModelKind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as ModelKind[]
export const modelKindSchema = z.enum(kindNames)

/** What is known of a kind. */
export const kindOf = (name: ModelKind): Kind => kinds[name]

/** Names of the kinds that learn from single images, or from pairs: "ae, cae or mcae". */
export function kindsFor(images: Kind['images']): string {
  const names: string[] = kindNames.filter((name) => kindOf(name).images === images)
  return names.join(', ').replace(/, (?=[^,]*$)/, ' or ')
}

/** Whether a model of this kind takes two images. */
export const takesPairs = (name: ModelKind): boolean => kindOf(name).images === 'pairs'

/** The full name of a kind: mcae -> "mean-covariance auto-encoder". */
export const kindName = (name: ModelKind): string => kindOf(name).title
