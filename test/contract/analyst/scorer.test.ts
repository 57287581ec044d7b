import { describe, expect, it } from 'vitest'
import { Scorer } from '../../../src/main/analysis/scorer'
import { openBackend } from '../../../src/main/compute/backend'
import { type SavedModel } from '../../../src/main/saved/savedModel'
import { preprocess } from '../../../src/main/models/preprocess'
import { classify, posterior } from '../../../src/main/models/posterior'
import { expectClose } from '../../support/close'
import { readVector, vectorNames } from '../../support/vectors'
import { stackClasses } from '../../../src/main/models/classWeights'

const openScorer = async (model: SavedModel) =>
  new Scorer(await openBackend({ engine: 'onnx', device: 'cpu', threads: 1 }), model)

const without = (at: number, rows: number[]): number[] => rows.filter((_, row) => row !== at)

describe('scores of images and pairs', () => {
  it.each(vectorNames)('%s: agree with an independent implementation, one by one and as a set', async (name) => {
    const { model, n, x, y, expected } = readVector(name)
    const scorer = await openScorer(model)
    const [dx, dy] = [x.length / n, (y?.length ?? 0) / n]
    const set = await scorer.pairs({ x, y }, null, false)
    const single = []
    for (let row = 0; row < n; row++) {
      const own = { x: x.slice(row * dx, (row + 1) * dx), y: y?.slice(row * dy, (row + 1) * dy) ?? null }
      single.push(...(await scorer.pairs(own, null, false)))
    }
    await scorer.dispose()
    for (const pairs of [set, single]) {
      if (y !== null) {
        expectClose(
          pairs.map(({ energy }) => energy.yGivenX!),
          expected.energy_y_given_x,
          1e-4,
        )
        expectClose(
          pairs.map(({ energy }) => energy.xGivenY!),
          expected.energy_x_given_y,
          1e-4,
        )
        expectClose(
          pairs.map(({ reconstruction }) => reconstruction.y!),
          expected.r_y,
          1e-4,
        )
        expectClose(
          pairs.map(({ reconstruction }) => reconstruction.x!),
          expected.r_x,
          1e-4,
        )
        expect(pairs[0]!.energy).toMatchObject({ conditional: null, diagonal: null })
      } else {
        expectClose(
          pairs.map(({ energy }) => energy.conditional!),
          expected.energy,
          1e-4,
        )
        expectClose(
          pairs.map(({ energy }) => energy.diagonal!),
          expected.energy_diagonal ?? expected.energy,
          1e-4,
        )
        expectClose(
          pairs.map(({ reconstruction }) => reconstruction.x!),
          expected.r,
          1e-4,
        )
        expect(pairs[0]!.energy).toMatchObject({ yGivenX: null, xGivenY: null })
      }
      if (expected.mapping !== undefined)
        expectClose(
          pairs.map(({ mapping }) => mapping!),
          expected.mapping,
          1e-4,
        )
      if (expected.hidden !== undefined)
        expectClose(
          pairs.map(({ hidden }) => hidden!),
          expected.hidden,
          1e-4,
        )
    }
  })

  it('reconstruction errors are mean squares per pixel', async () => {
    const { model, x, y } = readVector('gae-sigmoid-rect')
    const scorer = await openScorer(model)
    for (const pair of await scorer.pairs({ x, y }, null, false)) {
      for (const side of ['x', 'y'] as const) {
        const [r, target] = [pair.reconstruction[side]!, pair.input[side]!]
        const mean = r.reduce((total, value, i) => total + (value - target[i]!) ** 2, 0) / r.length
        expectClose(pair.reconstructionError[side]!, mean, 1e-6)
      }
    }
    await scorer.dispose()
  })

  it("a gae's gain compares y with the other y of the set at the same x", async () => {
    const { model, n, x, y } = readVector('gae-sigmoid')
    const scorer = await openScorer(model)
    const [dx, dy] = [x.length / n, y!.length / n]
    const set = await scorer.pairs({ x, y }, null, true)
    for (let row = 0; row < n; row++) {
      const repeated = new Float32Array(n * dx)
      for (let other = 0; other < n; other++) repeated.set(x.subarray(row * dx, (row + 1) * dx), other * dx)
      const energies = (await scorer.pairs({ x: repeated, y }, null, false)).map(({ energy }) => energy.yGivenX!)
      const others = without(row, energies)
      const mean = others.reduce((total, value) => total + value, 0) / others.length
      expectClose(set[row]!.gain!, energies[row]! - mean, 1e-4)
    }
    const [alone] = await scorer.pairs({ x: x.slice(0, dx), y: y!.slice(0, dy) }, null, true)
    expect(alone!.gain).toBeNull()
    await scorer.dispose()
  })

  it('gains of a large set are of a hundred others, the same at each call', async () => {
    const { model, n, x, y } = readVector('gae-sigmoid')
    const scorer = await openScorer(model)
    const copies = (data: Float32Array) =>
      Float32Array.from({ length: 60 * data.length }, (_, i) => data[i % data.length]!)
    const large = { x: copies(x), y: copies(y!) }
    const [first, second] = [await scorer.pairs(large, null, true), await scorer.pairs(large, null, true)]
    expect(first).toHaveLength(60 * n)
    expect(first.map(({ gain }) => gain)).toEqual(second.map(({ gain }) => gain))
    const dx = x.length / n
    for (let row = 0; row < n; row++) {
      const repeated = copies(x.subarray(row * dx, (row + 1) * dx)).subarray(0, n * dx)
      const energies = (await scorer.pairs({ x: repeated, y }, null, false)).map(({ energy }) => energy.yGivenX!)
      const { gain } = first[row]!
      expect(gain).toBeGreaterThan(energies[row]! - Math.max(...energies))
      expect(gain).toBeLessThan(energies[row]! - Math.min(...energies))
    }
    await scorer.dispose()
  })

  it('the gain of a single image is its energy minus the mean of the others', async () => {
    const { model, x, expected } = readVector('mcae-sigmoid')
    const scorer = await openScorer(model)
    const gains = (await scorer.pairs({ x, y: null }, null, true)).map(({ gain }) => gain!)
    const energies = expected.energy as number[]
    const wanted = energies.map((energy, row) => {
      const others = without(row, energies)
      return energy - others.reduce((total, value) => total + value, 0) / others.length
    })
    expectClose(gains, wanted, 1e-4)
    await scorer.dispose()
  })

  it("applies the run's preprocessing and leaves the caller's pixels", async () => {
    const { model, n, x } = readVector('cae-sigmoid')
    const contrast = { contrast: true, center: false, whiten: false } as const
    const [scorer, plain] = [await openScorer({ ...model, preprocess: contrast }), await openScorer(model)]
    const given = Float32Array.from(x)
    const seen = await preprocess(contrast, x, x.length / n, { centre: null, whitening: null })
    const found = await scorer.pairs({ x: given, y: null }, null, false)
    expect(found.map(({ energy }) => energy)).toEqual(
      (await plain.pairs({ x: seen, y: null }, null, false)).map(({ energy }) => energy),
    )
    expect(given).toEqual(x)
    expectClose(
      found.map(({ input }) => input.x),
      seen,
      1e-6,
    )
    await scorer.dispose()
    await plain.dispose()
  })
})

describe('scores of a classifier', () => {
  const classifier = (): { model: SavedModel; x: Float32Array } => {
    const { model, x } = readVector('mcae-sigmoid')
    const other = Object.fromEntries(
      Object.entries(model.weights).map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map((value) => 0.7 * value) },
      ]),
    )
    const coefficients = {
      B: Float32Array.of(0.5, -0.25),
      aM: Float32Array.of(1, 2),
      aC: Float32Array.of(0.5, 1),
      aB: Float32Array.of(1, 0.5),
    }
    return { model: { ...model, classes: 2, weights: stackClasses([model.weights, other]), coefficients }, x }
  }

  it('are eq. 8 of every class, with their softmax', async () => {
    const { model, x } = classifier()
    const scorer = await openScorer(model)
    const found = (await scorer.classScores({ x, y: null }))!
    for (const { scores, posterior: shares, predicted } of found) {
      expectClose(shares, posterior(Float64Array.from(scores)), 1e-9)
      expect(predicted).toBe(scores[0]! > scores[1]! ? 0 : 1)
    }
    const flat = Float64Array.from(found.flatMap(({ scores }) => scores))
    const labels = Int32Array.from(found, ({ predicted }) => predicted)
    expect(classify(flat, labels, 2).error).toBe(0)
    await scorer.dispose()
  })

  it('a class model is scored as if it stood alone', async () => {
    const { model, x } = classifier()
    const scorer = await openScorer(model)
    const { expected } = readVector('mcae-sigmoid')
    const pairs = await scorer.pairs({ x, y: null }, 0, false)
    expectClose(
      pairs.map(({ energy }) => energy.conditional!),
      expected.energy,
      1e-4,
    )
    await expect(scorer.pairs({ x, y: null }, 2, false)).rejects.toMatchObject({ code: 'CLASS_UNKNOWN' })
    await scorer.dispose()
  })
})

describe('refusals', () => {
  it('a pair without y, images of another size, weights that overflow', async () => {
    const { model, x, y } = readVector('gae-sigmoid')
    const scorer = await openScorer(model)
    await expect(scorer.pairs({ x, y: null }, null, false)).rejects.toMatchObject({ code: 'Y_NEEDED' })
    await expect(scorer.pairs({ x: x.slice(1), y }, null, false)).rejects.toMatchObject({ code: 'SIZE_MISMATCH' })
    await expect(scorer.pairs({ x, y: y!.slice(0, 9) }, null, false)).rejects.toMatchObject({ code: 'SIZE_MISMATCH' })
    const huge = x.map((value) => 1e30 * value)
    await expect(scorer.pairs({ x: huge, y }, null, false)).rejects.toMatchObject({ code: 'ENERGY_NOT_FINITE' })
    await scorer.dispose()
  })
})
