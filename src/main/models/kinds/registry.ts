import type { ModelKind } from '../../../shared/kinds'
import type { ModelKindRecord } from './kind'
import { aeKind } from './ae'
import { caeKind } from './cae'
import { gaeKind } from './gae'
import { mcaeKind } from './mcae'

/** What computes with each kind of model. */
export const modelKinds: Readonly<Record<ModelKind, ModelKindRecord>> = {
  ae: aeKind,
  cae: caeKind,
  gae: gaeKind,
  mcae: mcaeKind,
}
