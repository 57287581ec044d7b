import { z } from 'zod'
import { ae } from './ae'
import { cae } from './cae'
import { gae } from './gae'
import type { Kind } from './kind'
import { mcae } from './mcae'

/** Every model kind by its name in specs, files and links. */
export const kinds = { ae, cae, gae, mcae }

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
