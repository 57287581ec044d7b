import { buildIfStale } from '../../scripts/build.mjs'

/** Contract and end-to-end tests run what a user runs: the built programs. */
export default function setup(): void {
  buildIfStale()
}
