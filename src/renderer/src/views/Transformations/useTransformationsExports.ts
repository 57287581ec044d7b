import { storeToRefs } from 'pinia'
import { computed, type Ref } from 'vue'
import type { RunSummary } from '../../../../shared/runs'
import type { ApplyAnswer } from '../../../../shared/transformations'
import { signed } from '../../charts/colourMaps'
import { filmLimits, signedLimits } from '../../charts/limits'
import type { ExportItem } from '../../export/exportItem'
import { fileName, originLine } from '../../export/provenance'
import { saveFile } from '../../export/saveFile'
import { saveTable } from '../../export/saveTable'
import { useSettingsStore } from '../../stores/settings'
import { galleryName, type FilterPart } from './filterParts'
import { framesPng } from './framesPng'

interface TransformationsExports {
  run: Ref<RunSummary | null>
  /** Parts of the model, and the places of their filters. */
  parts: Ref<readonly { part: FilterPart; order: readonly number[] }[]>
  applied: Ref<ApplyAnswer | null>
}

/** Filters a line, and as many as one file shows. */
const [perLine, mostFilters] = [16, 256]

/** What the Transformations screen can give away as files; each names its run, seed and dataset. */
export function useTransformationsExports({ run, parts, applied }: TransformationsExports) {
  const { palette } = storeToRefs(useSettingsStore())

  const filterColumns = ['norm_x', 'norm_y', 'frequency_down', 'frequency_right', 'power_share']
  const filterRows = ({ x, y, pairs }: FilterPart, order: readonly number[]) =>
    order.map((factor) => [
      ...[factor, x.norms[factor], y?.norms[factor] ?? null],
      ...[x.frequency?.[2 * factor] ?? null, x.frequency?.[2 * factor + 1] ?? null, x.powerShare?.[factor] ?? null],
      ...(pairs === null ? [null, null] : [pairs.sameFrequency[factor] === 1, pairs.phaseShift[factor]]),
    ])

  return computed((): ExportItem[] => {
    const of = run.value
    if (of === null) return []
    const source = originLine(of)
    const items: ExportItem[] = []
    const made = applied.value
    for (const [place, { part, order }] of parts.value.entries()) {
      const columns = [part.noun.replace(' ', '_'), ...filterColumns, 'same_frequency', 'phase_shift']
      const file = place === 0 ? 'filters' : 'mean-filters'
      items.push({
        name: place === 0 ? 'Filters, CSV' : `${part.title}, CSV`,
        save: () => saveTable(of, file, columns, filterRows(part, order)),
      })
      for (const gallery of [part.x, part.y]) {
        if (gallery?.shape == null) continue
        const size = gallery.filters.length / gallery.norms.length
        const { shape, name } = gallery
        const frames = () =>
          order.slice(0, mostFilters).map((factor) => {
            const pixels = gallery.filters.slice(factor * size, (factor + 1) * size)
            return { title: String(factor), pixels, limits: signedLimits(pixels) }
          })
        items.push({
          name: `Filters ${name}, PNG`,
          save: async () => {
            const all = frames()
            const rows = Array.from({ length: Math.ceil(all.length / perLine) }, (_, row) =>
              all.slice(row * perLine, (row + 1) * perLine),
            )
            const factor = Math.max(2, Math.floor(52 / shape[1]))
            saveFile(
              fileName(of.name, `filters-${name}`, 'png'),
              await framesPng(rows, shape, factor, palette.value, `${galleryName(gallery)}, ${source}`, signed),
            )
          },
        })
      }
    }
    if (made?.shape != null) {
      const { shape, strips } = made
      items.push({
        name: 'Film strip, PNG',
        save: async () => {
          const rows = strips.map(({ to, frames }) => {
            const pictures = Array.from({ length: 1 + frames.length / to.length }, (_, index) =>
              index === 0 ? to : frames.slice((index - 1) * to.length, index * to.length),
            )
            const { limits } = filmLimits(pictures)
            return pictures.map((pixels, index) => ({
              title: index === 0 ? 'x' : `${index}`,
              pixels,
              limits: limits[index],
            }))
          })
          saveFile(
            fileName(of.name, 'film', 'png'),
            await framesPng(rows, shape, Math.max(4, Math.floor(104 / shape[1])), palette.value, source),
          )
        },
      })
    }
    return items
  })
}
