import { add, matmul } from '../../../src/main/compute/ops'
import { activate } from '../../../src/main/models/activations'
import { modelKind } from '../../../src/main/models/kinds/modelKind'

type Own = Parameters<typeof modelKind>[0]

/** r(x) = Wᵀσ(W x) + b */
const own: Own = {
  parameters: ({ hidden, inputs }) => ({ W: { shape: [hidden, inputs], filters: true }, b: { shape: [inputs] } }),
  forward: ({ activation }, w, x) => {
    const [W, b] = [w.W!, w.b!]
    const hiddenInput = matmul(x, W, { transB: true })
    const hidden = activate(activation, hiddenInput)
    return { hiddenInput, hidden, mappingInput: null, mapping: null, linear: { x: add(matmul(hidden, W), b), y: null } }
  },
}

export const plainKind = modelKind(own)

/** Class i scores i x_0 + i + 1. */
export const judgeKind = modelKind({
  ...own,
  scores: (_compiler, { classes }) =>
    Promise.resolve({
      run: ({ n, x }) => {
        const [count, pixels] = [classes ?? 0, x.length / n]
        const scores = Float64Array.from({ length: n * count }, (_, at) => {
          const label = at % count
          return label * x[Math.floor(at / count) * pixels]! + label + 1
        })
        return Promise.resolve({ scores, terms: null })
      },
      dispose: () => Promise.resolve(),
    }),
})
