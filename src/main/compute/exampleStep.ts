import type { StepGraph } from './driver'
import { gradients } from './gradient'
import { graph, input } from './graph'
import { add, cast, gatherRows, matmul, mul, neg, scale, sigmoid, square, sub, sum } from './ops'
import { fillKeepFlags, gaussians, permutation, uniforms } from './random'
import { float32, int32, uint8 } from './tensor'
import type { Tensor, Tensors } from './tensor'

/** D, F, K, B and N. */
export interface ExampleSizes {
  pixels: number
  factors: number
  mappings: number
  batch: number
  images: number
}

export interface ExampleStep {
  readonly stepGraph: StepGraph
  readonly data: Tensors
  readonly start: Tensors
  /** Per-step inputs of `count` steps from step `first`. */
  readonly feeds: (first: number, count: number) => Tensors
}

/**
 * A small training that uses what real ones use: one step of a covariance auto-encoder, r = W_Fᵀ(f ⊙ W_Mᵀσ(W_M f² + b_m))
 * + b with f = W_F x, mask 0.3, squared error, momentum 0.9, on random images. Engines are tested with it.
 */
export function exampleStep({ pixels, factors, mappings, batch, images }: ExampleSizes): ExampleStep {
  const w = {
    WF: input('WF', [factors, pixels]),
    WM: input('WM', [mappings, factors]),
    bm: input('bm', [mappings]),
    b: input('b', [pixels]),
  }
  const clean = gatherRows(input('images', [images, pixels]), input('rows', [batch], 'int32'))
  const seen = mul(clean, cast(input('keep', [batch, pixels], 'uint8')))
  const f = matmul(seen, w.WF, { transB: true })
  const h = sigmoid(add(matmul(square(f), w.WM, { transB: true }), w.bm))
  const r = add(matmul(mul(f, matmul(h, w.WM)), w.WF), w.b)
  const rows = scale(sum(square(sub(r, clean)), [1]), 0.5)
  const loss = scale(sum(rows), 1 / batch)
  const names = Object.keys(w) as (keyof typeof w)[]
  const steps = gradients(loss, Object.values(w), neg(input('rate', [])))
  const outputs = Object.fromEntries(
    names.flatMap((name, i) => {
      const velocity = add(scale(input(`velocity/${name}`, w[name].shape), 0.9), steps[i])
      return [
        [`velocity/${name}`, velocity],
        [name, add(w[name], velocity)],
      ]
    }),
  )
  const stepGraph: StepGraph = {
    state: Object.keys(outputs),
    data: ['images'],
    perStep: ['rows', 'keep', 'rate'],
    graph: graph({ ...outputs, loss }),
  }

  const data: Tensors = {
    images: float32(Float32Array.from(uniforms(1, 1, 0, images * pixels)), [images, pixels]),
  }
  const start: Record<string, Tensor> = {}
  names.forEach((name, i) => {
    const { shape } = w[name]
    const count = shape.reduce((a, b) => a * b, 1)
    const std = name === 'WF' || name === 'WM' ? 0.05 : 0
    start[name] = float32(
      Float32Array.from(gaussians(1, 10 + i, 0, count), (value) => value * std),
      shape,
    )
    start[`velocity/${name}`] = float32(new Float32Array(count), shape)
  })
  const feeds = (first: number, count: number): Tensors => {
    const index = new Int32Array(count * batch)
    const keep = new Uint8Array(count * batch * pixels)
    for (let i = 0; i < count; i++) {
      index.set(permutation(1, 2, first + i, images).subarray(0, batch), i * batch)
      fillKeepFlags(keep.subarray(i * batch * pixels, (i + 1) * batch * pixels), 1, 3, first + i, 0.3)
    }
    return {
      rows: int32(index, [count, batch]),
      keep: uint8(keep, [count, batch, pixels]),
      rate: float32(new Float32Array(count).fill(0.01), [count]),
    }
  }
  return { stepGraph, data, start, feeds }
}
