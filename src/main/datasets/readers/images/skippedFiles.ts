import type { Skipped } from '../../../../shared/importing'

/** As many names as are told of one reason. */
const named = 3

/** Files that are left out, and why, to be said. */
export class SkippedFiles {
  readonly #byReason = new Map<string, string[]>()

  add(name: string, why: string): void {
    const names = this.#byReason.get(why) ?? []
    names.push(name)
    this.#byReason.set(why, names)
  }

  /** One entry a reason: "README.md, notes.txt and 2 others". */
  get all(): Skipped[] {
    return [...this.#byReason].map(([why, names]) => {
      const distinct = [...new Set(names)]
      const more = distinct.length - named
      const what = distinct.slice(0, named).join(', ')
      return {
        what: more > 0 ? `${what} and ${more === 1 ? 'another' : `${more} others`}` : what,
        why,
        n: names.length,
      }
    })
  }
}
