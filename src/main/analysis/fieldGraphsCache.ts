import type { Slots } from '../../shared/dynamics'
import type { ModelDescription } from '../../shared/model'
import type { GraphCompiler } from '../compute/engine'
import { FieldGraphs } from '../dynamics/fieldGraphs'

/** Kinds of field that stay compiled; a request needs two at most. */
const kept = 4

/** The graphs of the fields looked at last. Requests about fields come one at a time: none loses what it works with. */
export class FieldGraphsCache {
  readonly #graphs = new Map<string, FieldGraphs>()

  /** @param precision names the compiler */
  async get(
    precision: string,
    compiler: GraphCompiler,
    description: ModelDescription,
    slots: Slots,
  ): Promise<FieldGraphs> {
    const key = JSON.stringify([precision, slots, description])
    const graphs = this.#graphs.get(key) ?? new FieldGraphs(compiler, description, slots)
    // Put last again: the first of the map is the one that was used longest ago.
    this.#graphs.delete(key)
    this.#graphs.set(key, graphs)
    for (const [oldest, old] of this.#graphs) {
      if (this.#graphs.size <= kept) break
      this.#graphs.delete(oldest)
      await old.dispose()
    }
    return graphs
  }
}
