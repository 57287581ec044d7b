import { createPinia, setActivePinia } from 'pinia'
import { effectScope, ref, shallowRef } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { originColumns, originLine } from '../../../../src/renderer/src/export/provenance'
import { runsCsv } from '../../../../src/renderer/src/export/runTables'
import { useDynamicsExports } from '../../../../src/renderer/src/views/Dynamics/useDynamicsExports'
import { filterParts } from '../../../../src/renderer/src/views/Transformations/filterParts'
import { useTransformationsExports } from '../../../../src/renderer/src/views/Transformations/useTransformationsExports'
import type { IntegrabilityAnswer, PlaneAnswer } from '../../../../src/shared/dynamics'
import type { RunSummary } from '../../../../src/shared/runs'
import type { PairScoreResponse } from '../../../../src/shared/scores'
import type { ApplyAnswer, FiltersAnswer } from '../../../../src/shared/transformations'
import { picturesPng } from '../../../../src/renderer/src/views/PairLab/picturesPng'
import type { ShownTrajectory } from '../../../../src/renderer/src/views/Dynamics/useDynamics'
import { useSettingsStore } from '../../../../src/renderer/src/stores/settings'

const saved = new Map<string, string>()
vi.mock('../../../../src/renderer/src/export/saveFile', () => ({
  saveFile: (name: string, content: string) => saved.set(name, content),
  canvasPng: () => Promise.resolve(new Blob()),
}))

const run = {
  ...{ id: 'run-1', name: 'dots', seed: 7, dataset: 'shifts', datasetHash: 'abc'.repeat(20), kind: 'gae' },
  ...{ status: 'done', classifier: false, engine: 'onnx', device: 'cpu', created: 'c', finished: null, seconds: 1 },
  ...{ valid: null, test: null, tags: [], note: null },
} as unknown as RunSummary
const plane = {
  ...{ s: Float64Array.of(0, 1), t: Float64Array.of(0, 1), norms: Float32Array.of(1, 2, 1, 2) },
  ...{ arrows: Float32Array.of(1, 2, 3, 4, 1, 2, 3, 4), energies: null, anchors: [], explained: null, training: null },
} as unknown as PlaneAnswer
const walked = {
  ...{
    energies: Float64Array.of(1, 2),
    norms: Float64Array.of(1, 1),
    promisedRise: null,
    promiseKept: null,
    stopped: null,
  },
  ...{ at: Float64Array.of(0, 0, 1, 1), offPlane: Float64Array.of(0, 0), points: Float32Array.of(0, 1) },
} as unknown as ShownTrajectory
const gallery = {
  ...{ name: 'WF', shape: null, filters: Float32Array.of(1), norms: Float32Array.of(1) },
  ...{ frequency: null, powerShare: null },
}
const origin = ['run-1', 'dots', '7', 'shifts', run.datasetHash]

beforeEach(() => {
  saved.clear()
  setActivePinia(createPinia())
})

function expectOrigins(): void {
  for (const [name, text] of saved) {
    if (!name.endsWith('.csv')) continue
    const [head, row] = text.split('\r\n').map((line) => line.split(','))
    expect([name, head!.slice(0, 5)]).toEqual([name, [...originColumns]])
    expect([name, row!.slice(0, 5)]).toEqual([name, origin])
  }
}

const partsOf = (filters: FiltersAnswer) => ref(filterParts(filters).map((part) => ({ part, order: [0] })))

it('tables of fields, trajectories, checks, filters and runs say run, seed and dataset hash', () => {
  const checks = [{ key: 'jacobianAsymmetry', value: 0, tolerance: 1, verdict: 'pass', reason: null }]
  const answer = { checks } as unknown as IntegrabilityAnswer
  const filters = {
    ...{ kind: 'gae', mappings: 1, tied: true, y: null, mean: null, pairs: null },
    x: gallery,
  } as unknown as FiltersAnswer
  const scope = effectScope()
  const items = scope.run(() => [
    ...useDynamicsExports({
      run: ref(run),
      plane: shallowRef(plane),
      trajectory: ref(null),
      integrability: shallowRef(answer),
      training: ref(null),
    }).value,
    ...useTransformationsExports({ run: ref(run), parts: partsOf(filters), applied: ref(null) }).value,
  ])!
  for (const { name, save } of items) if (name.endsWith('CSV')) save()
  scope.stop()
  saved.set('runs.csv', runsCsv([run]))
  expect([...saved.keys()]).toEqual(['dots-field.csv', 'dots-integrability.csv', 'dots-filters.csv', 'runs.csv'])
  expectOrigins()
})

/** A canvas that keeps what is written on it. */
function stubCanvas(): string[] {
  const written: string[] = []
  const pen = new Proxy({} as Record<string, unknown>, {
    get: (_, key) => (key === 'fillText' ? (text: string) => written.push(text) : () => ({ width: 1 })),
    set: () => true,
  })
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(() => pen as never)
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      readonly getContext = () => pen
    },
  )
  vi.stubGlobal('ImageData', class {})
  return written
}

it('every picture says them in a line', async () => {
  const line = 'dots (run-1), seed 7, dataset shifts (sha256 abcabcabcabc)'
  expect(originLine(run)).toBe(line)
  const written = stubCanvas()
  const shape = [1, 1] as [number, number]
  const scope = effectScope()
  const filters = {
    kind: 'gae',
    tied: true,
    x: { ...gallery, shape },
    y: null,
    mean: null,
    pairs: null,
  } as unknown as FiltersAnswer
  const applied = { shape, strips: [{ to: Float32Array.of(1), frames: Float32Array.of(2) }] } as unknown as ApplyAnswer
  const items = scope.run(() => [
    ...useDynamicsExports({
      run: ref(run),
      plane: shallowRef(plane),
      trajectory: shallowRef(walked),
      integrability: ref(null),
      training: ref(null),
    }).value,
    ...useTransformationsExports({
      run: ref(run),
      parts: partsOf(filters),
      applied: shallowRef(applied),
    }).value,
  ])!
  const pictures = items.filter(({ name }) => name.endsWith('PNG'))
  expect(pictures.map(({ name }) => name)).toEqual(['Vector field, PNG', 'Filters WF, PNG', 'Film strip, PNG'])
  for (const { name, save } of pictures) {
    written.length = 0
    await save()
    expect([name, written.some((text) => text.includes(line))]).toEqual([name, true])
  }
  for (const { name, save } of items) if (name.endsWith('SVG')) save()
  expect(saved.get('dots-trajectory.svg')).toContain(line)
  scope.stop()

  written.length = 0
  const pair = { input: { x: Float32Array.of(0), y: null }, reconstruction: { x: Float32Array.of(1), y: null } }
  const scores = { class: null, classes: null, pair, view: { x: { shape }, y: null } } as unknown as PairScoreResponse
  await picturesPng([{ run, scores }], useSettingsStore().palette)
  expect(written.some((text) => text.includes(line))).toBe(true)
})

it('imported weights have no dataset to name, and no hash in brackets that hold nothing', () => {
  expect(originLine({ ...run, dataset: 'imported weights', datasetHash: '' })).toBe('dots (run-1), imported weights')
})
