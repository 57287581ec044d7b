import { computed, type ComputedRef, type Ref } from 'vue'
import { present } from '../../../../shared/present'
import type { Evaluation, Metric, Prediction, RunDetail } from '../../../../shared/runs'
import { splitNames, type SplitName } from '../../../../shared/datasets'
import { api } from '../../api/client'
import { chartPng, chartSvg, type ChartFile } from '../../charts/chartFile'
import { curveGroups, lossCurves } from '../../charts/lossCurves'
import type { ExportItem } from '../../export/exportItem'
import { fileName, originLine } from '../../export/provenance'
import { confusionCsv, curvesCsv, predictionsCsv } from '../../export/runTables'
import { saveFile } from '../../export/saveFile'
import type { Palette } from '../../styles/palette'

interface RunExports {
  run: Ref<RunDetail | null>
  metrics: Ref<readonly Metric[]>
  results: Ref<readonly Evaluation[] | null>
  classes: Ref<readonly string[] | null>
  palette: Ref<Palette>
}

/** Every image of the split with its scores, in the order of the split: read cell by cell of the confusion matrix. */
async function allPredictions(run: string, split: SplitName, confusion: readonly (readonly number[])[]) {
  const rows: Prediction[] = []
  for (const [label, counts] of confusion.entries()) {
    for (const [predicted, count] of counts.entries()) {
      for (let at = 0; at < count; at += 500) {
        rows.push(...(await api.runs.predictions.query({ run, split, label, predicted, at, count: 500 })).rows)
      }
    }
  }
  return rows.sort((a, b) => a.index - b.index)
}

/** What a run can give away as files. */
export function useRunExports({ run, metrics, results, classes, palette }: RunExports): ComputedRef<ExportItem[]> {
  function chart(of: RunDetail): ChartFile | null {
    const group = curveGroups(metrics.value, classes.value)[0]?.group
    if (group === undefined) return null
    const option = lossCurves({
      metrics: metrics.value,
      group,
      visible: of.spec.model.visible,
      classes: classes.value,
      logY: false,
      smoothing: 0,
      colour: of.slot,
      palette: palette.value,
    })
    const { surface, muted } = palette.value
    return { option, width: 960, height: 540, background: surface, colour: muted, source: originLine(of) }
  }

  return computed(() => {
    const of = run.value
    if (of === null) return []
    const items: ExportItem[] = []
    if (metrics.value.length > 0) {
      const file = (extension: string) => fileName(of.name, 'curves', extension)
      items.push(
        { name: 'Curves, CSV', save: () => saveFile(file('csv'), curvesCsv(of, metrics.value, classes.value)) },
        { name: 'Curves, PNG', save: async () => saveFile(file('png'), await chartPng(present(chart(of)))) },
        { name: 'Curves, SVG', save: () => saveFile(file('svg'), chartSvg(present(chart(of))), 'image/svg+xml') },
      )
    }
    for (const evaluation of results.value ?? []) {
      const { confusion } = evaluation
      const split = splitNames.find((name) => name === evaluation.split)
      if (confusion === null || split !== 'test') continue
      items.push({
        name: 'Confusion, CSV',
        save: () => saveFile(fileName(of.name, 'confusion', 'csv'), confusionCsv(of, evaluation, classes.value)),
      })
      const names = classes.value ?? confusion.map((_, index) => String(index))
      items.push({
        name: 'Predictions, CSV',
        save: async () =>
          saveFile(
            fileName(of.name, 'predictions', 'csv'),
            predictionsCsv(of, split, await allPredictions(of.id, split, confusion), names),
          ),
      })
    }
    return items
  })
}
