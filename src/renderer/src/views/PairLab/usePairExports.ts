import { storeToRefs } from 'pinia'
import { computed, type Ref } from 'vue'
import type { RunSummary } from '../../../../shared/runs'
import type { StoredImage } from '../../../../shared/scores'
import type { ExportItem } from '../../components/base/exportItem'
import { saveFile } from '../../export/saveFile'
import { useSettingsStore } from '../../stores/settings'
import { pairsCsv, unitsCsv, type ScoredRun } from './pairTables'
import { picturesPng } from './picturesPng'
import type { RunScore } from './usePairScores'

interface PairExports {
  runs: Ref<readonly RunSummary[]>
  scores: { of: (run: string) => RunScore }
  x: Ref<StoredImage | null>
  y: Ref<StoredImage | null>
}

/** What the Pair lab can give away as files. */
export function usePairExports({ runs, scores, x, y }: PairExports) {
  const { palette } = storeToRefs(useSettingsStore())
  return computed((): ExportItem[] => {
    const scored = runs.value.flatMap((run): ScoredRun[] => {
      const { scores: answer } = scores.of(run.id)
      return answer === null ? [] : [{ run, scores: answer }]
    })
    const image = x.value
    if (scored.length === 0 || image === null) return []
    return [
      { name: 'Pairs, CSV', save: () => saveFile('pairs.csv', pairsCsv(scored, image, y.value)) },
      { name: 'Units, CSV', save: () => saveFile('units.csv', unitsCsv(scored)) },
      { name: 'Pictures, PNG', save: async () => saveFile('pair.png', await picturesPng(scored, palette.value)) },
    ]
  })
}
