import type { Preset } from '../../shared/presets'
import { nothing, query } from './acts'

export const presets = { list: query(nothing).gives<Preset[]>() }
