import { ae } from './ae'
import { cae } from './cae'
import { gae } from './gae'
import { mcae } from './mcae'

/** Every model kind by its name in specs, files and links. */
export const kinds = { ae, cae, gae, mcae }
