import { storeToRefs } from 'pinia'
import { present } from '../../../../shared/present'
import { computed, type Ref } from 'vue'
import type { IntegrabilityAnswer, PlaneAnswer } from '../../../../shared/dynamics'
import type { RunSummary } from '../../../../shared/runs'
import { chartSvg } from '../../charts/chartFile'
import type { ExportItem } from '../../export/exportItem'
import { fileName, originLine } from '../../export/provenance'
import { canvasPng, saveFile } from '../../export/saveFile'
import { saveTable } from '../../export/saveTable'
import { useSettingsStore } from '../../stores/settings'
import { drawField, frameOf } from './fieldPicture'
import { drawLegend, trainingLegend } from './trainingMarks'
import { trajectoryChart, trajectoryTable } from './trajectoryChart'
import type { ShownTrajectory } from './useDynamics'

interface DynamicsExports {
  run: Ref<RunSummary | null>
  plane: Ref<PlaneAnswer | null>
  trajectory: Ref<ShownTrajectory | null>
  integrability: Ref<IntegrabilityAnswer | null>
  /** Names of the training images' classes; null where they are hidden. */
  training: Ref<{ classes: readonly string[] | null } | null>
}

const side = 900
/** Room for the legend of the training images. */
const legendHeight = 24

/** What the Dynamics screen can give away as files; each names its run, seed and dataset. */
export function useDynamicsExports({ run, plane, trajectory, integrability, training }: DynamicsExports) {
  const { palette } = storeToRefs(useSettingsStore())

  async function fieldPng(of: RunSummary, answer: PlaneAnswer): Promise<void> {
    const legend =
      training.value === null || answer.training === null
        ? null
        : trainingLegend(answer, answer.training, training.value.classes)
    const height = side + (legend === null ? 0 : legendHeight)
    const canvas = document.createElement('canvas')
    canvas.width = side
    canvas.height = height
    const pen = present(canvas.getContext('2d'))
    const frame = frameOf(answer, side, side - 24)
    drawField(pen, answer, trajectory.value, frame, palette.value, -1, legend !== null)
    pen.fillStyle = palette.value.surface
    pen.fillRect(0, side - 24, side, height)
    if (legend !== null) drawLegend(pen, legend, side - 12, side, palette.value)
    pen.fillStyle = palette.value.muted
    pen.textAlign = 'left'
    pen.textBaseline = 'middle'
    pen.fillText(originLine(of), 12, height - 12)
    saveFile(fileName(of.name, 'field', 'png'), await canvasPng(canvas))
  }

  return computed((): ExportItem[] => {
    const of = run.value
    if (of === null) return []
    const items: ExportItem[] = []
    const [field, walked, checks] = [plane.value, trajectory.value, integrability.value]
    if (field !== null) {
      items.push(
        { name: 'Vector field, PNG', save: () => fieldPng(of, field) },
        {
          name: 'Vector field, CSV',
          save: () =>
            saveTable(
              of,
              'field',
              ['s', 't', 'arrow_s', 'arrow_t', 'norm', 'energy'],
              Array.from(field.norms, (norm, at) => [
                ...[field.s[at % field.s.length], field.t[Math.floor(at / field.s.length)]],
                ...[field.arrows[2 * at], field.arrows[2 * at + 1], norm, field.energies?.[at] ?? null],
              ]),
            ),
        },
      )
    }
    if (walked !== null) {
      const { rows } = trajectoryTable(walked)
      items.push(
        {
          name: 'Trajectory, CSV',
          save: () =>
            saveTable(
              of,
              'trajectory',
              ['step', 'energy', 'rise', 'promised_rise', 'norm', 'off_plane', 's', 't'],
              rows.map((row, step) => [...row, walked.at[2 * step], walked.at[2 * step + 1]]),
            ),
        },
        {
          name: 'Energy along trajectory, SVG',
          save: () =>
            saveFile(
              fileName(of.name, 'trajectory', 'svg'),
              chartSvg({
                option: trajectoryChart(walked, palette.value),
                width: 720,
                height: 360,
                background: palette.value.surface,
                source: originLine(of),
                colour: palette.value.muted,
              }),
              'image/svg+xml',
            ),
        },
      )
    }
    if (checks !== null) {
      items.push({
        name: 'Integrability, CSV',
        save: () =>
          saveTable(
            of,
            'integrability',
            ['check', 'value', 'tolerance', 'verdict', 'reason'],
            checks.checks.map(({ key, value, tolerance, verdict, reason }) => [key, value, tolerance, verdict, reason]),
          ),
      })
    }
    return items
  })
}
