import { storeToRefs } from 'pinia'
import { computed } from 'vue'
import type { ExportItem } from '../../export/exportItem'
import { saveFile } from '../../export/saveFile'
import { useSettingsStore } from '../../stores/settings'
import { classScoresCsv, pairsCsv, unitsCsv, type ScoredRun } from './pairTables'
import { picturesPng } from './picturesPng'
import type { PairLab } from './usePairLab'

/** What the Pair lab can give away as files. */
export function usePairExports({ runs, scores, slots }: Pick<PairLab, 'runs' | 'scores' | 'slots'>) {
  const { palette } = storeToRefs(useSettingsStore())
  return computed((): ExportItem[] => {
    const scored = runs.value.flatMap((run): ScoredRun[] => {
      const { scores: answer } = scores.of(run.id)
      return answer === null ? [] : [{ run, scores: answer }]
    })
    const [image, second] = [slots.x.image.value, slots.y.image.value]
    if (scored.length === 0 || image === null) return []
    return [
      { name: 'Pairs, CSV', save: () => saveFile('pairs.csv', pairsCsv(scored, image, second)) },
      ...(scored.some(({ scores: answer }) => answer.classScore !== null)
        ? [{ name: 'Class scores, CSV', save: () => saveFile('class-scores.csv', classScoresCsv(scored)) }]
        : []),
      { name: 'Units, CSV', save: () => saveFile('units.csv', unitsCsv(scored)) },
      { name: 'Pictures, PNG', save: async () => saveFile('pair.png', await picturesPng(scored, palette.value)) },
    ]
  })
}
