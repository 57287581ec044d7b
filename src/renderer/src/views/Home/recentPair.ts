import type { RecentPair } from '../../../../shared/scores'
import { formatEnergy } from '../../format'

/** The Pair lab with this pair, scored by the runs that scored it before. */
export function pairLink({ x, y, scores }: RecentPair): { path: string; query: Record<string, string> } {
  const of = scores[0]?.class
  return {
    path: '/pairs',
    query: {
      ...(scores.length === 0 ? {} : { runs: [...new Set(scores.map(({ run }) => run))].join(',') }),
      x: x.sha256,
      ...(y === null ? {} : { y: y.sha256 }),
      ...(of == null ? {} : { class: String(of) }),
    },
  }
}

/** "a.png and b.png", or one image's name. */
export const pairName = ({ x, y }: RecentPair): string => (y === null ? x.name : `${x.name} and ${y.name}`)

/** What the newest score said: "shifts-1: E(y|x) +41.307". Energies of several runs are never put side by side. */
export function scoreText({ scores: [newest] }: RecentPair): string {
  if (newest === undefined) return 'its runs are in the bin'
  const { yGivenX, conditional } = newest.energy
  const energy = yGivenX === null ? ['E', conditional] : ['E(y|x)', yGivenX]
  return `${newest.runName}: ${energy[0]} ${formatEnergy(energy[1] as number | null)}`
}
