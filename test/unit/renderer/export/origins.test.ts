import { createPinia, setActivePinia } from 'pinia'
import { effectScope, ref, shallowRef } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { originColumns, originLine } from '../../../../src/renderer/src/export/provenance'
import { runsCsv } from '../../../../src/renderer/src/export/runTables'
import { useDynamicsExports } from '../../../../src/renderer/src/views/Dynamics/useDynamicsExports'
import { useTransformationsExports } from '../../../../src/renderer/src/views/Transformations/useTransformationsExports'
import type { IntegrabilityAnswer, PlaneAnswer } from '../../../../src/shared/dynamics'
import type { RunSummary } from '../../../../src/shared/runs'
import type { FiltersAnswer } from '../../../../src/shared/transformations'

const saved = new Map<string, string>()
vi.mock('../../../../src/renderer/src/export/saveFile', () => ({
  saveFile: (name: string, content: string) => saved.set(name, content),
  canvasPng: () => Promise.reject(new Error('no canvas here')),
}))

const run = {
  ...{ id: 'run-1', name: 'dots', seed: 7, dataset: 'shifts', datasetHash: 'abc'.repeat(20), kind: 'gae' },
  ...{ status: 'done', classifier: false, engine: 'onnx', device: 'cpu', created: 'c', finished: null, seconds: 1 },
  ...{ valid: null, test: null },
} as unknown as RunSummary
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

it('tables of fields, trajectories, checks, filters and runs say run, seed and dataset hash', () => {
  const plane = {
    ...{ s: Float64Array.of(0, 1), t: Float64Array.of(0), norms: Float32Array.of(1, 2) },
    ...{ arrows: Float32Array.of(1, 2, 3, 4), energies: null },
  } as unknown as PlaneAnswer
  const checks = [{ key: 'jacobianAsymmetry', value: 0, tolerance: 1, verdict: 'pass', reason: null }]
  const answer = { checks } as unknown as IntegrabilityAnswer
  const filters = {
    ...{ kind: 'gae', mappings: 1, tied: true, y: null, mean: null, pairs: null },
    x: {
      name: 'WF',
      shape: null,
      filters: Float32Array.of(1),
      norms: Float32Array.of(1),
      frequency: null,
      powerShare: null,
    },
  } as unknown as FiltersAnswer
  const scope = effectScope()
  const items = scope.run(() => [
    ...useDynamicsExports({
      run: ref(run),
      plane: shallowRef(plane),
      trajectory: ref(null),
      integrability: shallowRef(answer),
    }).value,
    ...useTransformationsExports({ run: ref(run), filters: shallowRef(filters), order: ref([0]), applied: ref(null) })
      .value,
  ])!
  for (const { name, save } of items) if (name.endsWith('CSV')) save()
  scope.stop()
  saved.set('runs.csv', runsCsv([run]))
  expect([...saved.keys()]).toEqual(['dots-field.csv', 'dots-integrability.csv', 'dots-filters.csv', 'runs.csv'])
  expectOrigins()
})

it('pictures say them in a line', () => {
  expect(originLine(run)).toBe('dots (run-1), seed 7, dataset shifts (sha256 abcabcabcabc)')
})
