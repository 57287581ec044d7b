import type { z } from 'zod'

/** Energies that a score may hold; higher is better, each known up to a constant (docs/theory.md). */
export type EnergyName = 'yGivenX' | 'xGivenY' | 'conditional' | 'diagonal'

/**
 * What every process knows of a model kind. A kind is a file here, one of its name in `src/main/models/kinds`, and a line
 * in each registry.
 */
export interface Kind<Keys extends z.ZodRawShape = z.ZodRawShape> {
  /** In full, as a sentence has it: "classical auto-encoder". */
  title: string
  /** Its line in the list of kinds. */
  summary: string
  /** What it learns from: single images, or pairs that differ. */
  images: 'one' | 'pairs'
  /** Whether it has factors that multiply images: an energy then depends on whether both its slots move. */
  gated: boolean
  /** Keys of `model` in a run spec that mean something for this kind, with their defaults; a title is a label of the form. */
  keys: Keys
  /** Those that a score of it holds; none where it scores classes by other means. */
  energies: readonly EnergyName[]
  /** What the filters on show are rows of, in a sentence. */
  filters: string
}

export const kind = <Keys extends z.ZodRawShape>(described: Kind<Keys>): Kind<Keys> => described
