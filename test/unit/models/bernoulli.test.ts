import { describe, expect, it } from 'vitest'
import { gradients } from '../../../src/main/compute/gradient'
import { input, type Node } from '../../../src/main/compute/graph'
import { add, log, mul, neg, sub, sum } from '../../../src/main/compute/ops'
import { float64 } from '../../../src/main/compute/tensor'
import { energy } from '../../../src/main/models/energy'
import { reconstructionLoss } from '../../../src/main/models/loss'
import { weightInputs } from '../../../src/main/models/parameters'
import { visibleLoss } from '../../../src/main/models/visible'
import { expectClose } from '../../support/close'
import { asymmetry, jacobianOf } from '../../support/jacobian'
import { randomPixels, randomWeights, rowsOf, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { imageModel } from '../../../src/main/models/forward'
import { pairModel } from '../../support/pairModel'

const bernoulli = { visible: 'bernoulli' } as const
const activations = ['sigmoid', 'tanh', 'relu', 'linear'] as const
const images = ['ae', 'cae', 'mcae'] as const
const batch = 20

/** Pixels strictly within (0,1), where the logit is finite. */
const inner = (n: number, pixels: number, seed: number) => {
  const { data, shape } = randomPixels(n, pixels, seed)
  return float64(
    Float64Array.from(data, (value: number) => 0.1 + 0.8 * value),
    shape,
  )
}

const crossEntropy = (r: Float64Array, target: ArrayLike<number>, pixels: number): number[] =>
  Array.from({ length: r.length / pixels }, (_, row) => {
    let total = 0
    for (let at = row * pixels; at < (row + 1) * pixels; at++) {
      total -= target[at]! * Math.log(r[at]!) + (1 - target[at]!) * Math.log(1 - r[at]!)
    }
    return total
  })

/** H(y) = -Σ y log y + (1-y) log(1-y) of each row. */
const entropy = (y: Node): Node => neg(sum(add(mul(y, log(y)), mul(sub(1, y), log(sub(1, y)))), [1]))

const logit = (y: Node): Node => sub(log(y), log(sub(1, y)))

describe('Bernoulli visibles', () => {
  it.each(images)('%s: the loss is the cross-entropy of the clean image and sigmoid(a)', async (kind) => {
    const description = smallDescription(kind, 'sigmoid', bernoulli)
    const [weights, seen, clean] = [weightInputs(description), input('seen', [batch, 7]), input('clean', [batch, 7])]
    const feeds = {
      ...randomWeights(description, 1),
      seen: randomPixels(batch, 7, 2),
      clean: randomPixels(batch, 7, 3),
    }
    const { loss, r, a } = await valuesOf(
      {
        loss: reconstructionLoss(description, weights, { x: { seen, clean }, y: null }, 'y|x'),
        r: imageModel(description, weights, seen).reconstruction,
        a: imageModel(smallDescription(kind), weights, seen).reconstruction,
      },
      feeds,
    )
    expectClose(
      r,
      a!.map((value) => 1 / (1 + Math.exp(-value))),
      1e-12,
    )
    expectClose(loss, crossEntropy(r!, feeds.clean.data, 7), 1e-9)
  })

  it('gae: the loss of y given x, of x given y, and their sum', async () => {
    const description = smallDescription('gae', 'sigmoid', bernoulli)
    const [weights, x, y] = [weightInputs(description), input('x', [batch, 7]), input('y', [batch, 6])]
    const feeds = { ...randomWeights(description, 4), x: randomPixels(batch, 7, 5), y: randomPixels(batch, 6, 6) }
    const pair = { x: { seen: x, clean: x }, y: { seen: y, clean: y } }
    const parts = pairModel(description, weights, x, y)
    const found = await valuesOf(
      {
        ofY: reconstructionLoss(description, weights, pair, 'y|x'),
        ofX: reconstructionLoss(description, weights, pair, 'x|y'),
        both: reconstructionLoss(description, weights, pair, 'both'),
        rY: parts.reconstructionY,
        rX: parts.reconstructionX,
      },
      feeds,
    )
    const [ofY, ofX] = [crossEntropy(found.rY!, feeds.y.data, 6), crossEntropy(found.rX!, feeds.x.data, 7)]
    expectClose(found.ofY, ofY, 1e-9)
    expectClose(found.ofX, ofX, 1e-9)
    expectClose(
      found.both,
      ofY.map((value, row) => value + ofX[row]!),
      1e-9,
    )
  })

  it('the cross-entropy and its gradient stay exact where sigmoid(a) rounds to 0 or 1', async () => {
    const [a, t] = [input('a', [1, 4]), input('t', [1, 4])]
    const loss = visibleLoss('bernoulli', a, t)
    const { value, slope } = await valuesOf(
      { value: loss, slope: gradients(sum(loss), [a])[0]! },
      { a: float64(Float64Array.of(800, -800, 800, -800), [1, 4]), t: float64(Float64Array.of(1, 0, 0, 1), [1, 4]) },
    )
    expect([...value!]).toEqual([1600])
    expect([...slope!]).toEqual([0, 0, 1, -1])
  })

  it.each(images.flatMap((kind) => activations.map((activation) => [kind, activation] as const)))(
    "%s, %s: the diagonal energy's gradient is a(x)",
    async (kind, activation) => {
      const description = smallDescription(kind, activation, bernoulli)
      const [weights, x] = [weightInputs(description), input('x', [batch, 7])]
      const parts = imageModel(description, weights, x)
      const { slope, a } = await valuesOf(
        { slope: gradients(sum(energy(description, weights, 'diagonal', parts, x)), [x])[0]!, a: parts.linear },
        { ...randomWeights(description, 7), x: randomPixels(batch, 7, 8) },
      )
      expectClose(slope, a, 1e-12)
    },
  )

  it.each(activations)("gae, %s: the energies' gradients are a(y|x) and a(x|y)", async (activation) => {
    const description = smallDescription('gae', activation, bernoulli)
    const [weights, x, y] = [weightInputs(description), input('x', [batch, 7]), input('y', [batch, 6])]
    const parts = pairModel(description, weights, x, y)
    const found = await valuesOf(
      {
        ofY: gradients(sum(energy(description, weights, 'yGivenX', parts, y)), [y])[0]!,
        ofX: gradients(sum(energy(description, weights, 'xGivenY', parts, x)), [x])[0]!,
        aY: parts.linearY,
        aX: parts.linearX,
      },
      { ...randomWeights(description, 9), x: randomPixels(batch, 7, 10), y: randomPixels(batch, 6, 11) },
    )
    expectClose(found.ofY, found.aY, 1e-12)
    expectClose(found.ofX, found.aX, 1e-12)
  })

  it('ae: the energy is minus the free energy of the Bernoulli RBM, summed over all hidden states', async () => {
    const description = smallDescription('ae', 'sigmoid', bernoulli)
    const [weights, x] = [weightInputs(description), input('x', [batch, 7])]
    const drawn = randomWeights(description, 12)
    const feeds = { ...drawn, x: randomPixels(batch, 7, 13) }
    const parts = imageModel(description, weights, x)
    const { own } = await valuesOf({ own: energy(description, weights, 'conditional', parts, x) }, feeds)
    const [W, c, b] = [rowsOf(drawn.W!), [...drawn.c!.data], [...drawn.b!.data]]
    const dot = (u: number[], v: number[]) => u.reduce((total, value, i) => total + value * v[i]!, 0)
    const freeEnergies = rowsOf(feeds.x).map((row) => {
      let sumOverStates = 0
      for (let state = 0; state < 2 ** c.length; state++) {
        const hidden = c.map((_, k) => (state >> k) & 1)
        sumOverStates += Math.exp(
          dot(b, row) +
            dot(
              hidden,
              c.map((bias, k) => bias + dot(W[k]!, row)),
            ),
        )
      }
      return -Math.log(sumOverStates)
    })
    expectClose(
      own!.map((value) => -value),
      freeEnergies,
      1e-12,
    )
  })

  it.each(activations)('r(y|x) - y is no gradient, a(y|x) - logit(y) is one (%s)', async (activation) => {
    const description = smallDescription('gae', activation, bernoulli)
    const [weights, x, y] = [weightInputs(description), input('x', [1, 7]), input('y', [1, 6])]
    const parts = pairModel(description, weights, x, y)
    const feeds = { ...randomWeights(description, 33), x: inner(1, 7, 15), y: inner(1, 6, 16) }
    expect(asymmetry(await jacobianOf(sub(parts.reconstructionY, y), y, feeds))).toBeGreaterThan(1e-3)
    const field = sub(parts.linearY, logit(y))
    expect(asymmetry(await jacobianOf(field, y, feeds))).toBeLessThan(1e-12)
    const potential = add(energy(description, weights, 'yGivenX', parts, y), entropy(y))
    const found = await valuesOf({ field, slope: gradients(sum(potential), [y])[0]! }, feeds)
    expectClose(found.slope, found.field, 1e-9)
  })

  it.each(activations)('with x held, y <- sigmoid(a(y|x)) never lowers E(y|x) + H(y) (%s)', async (activation) => {
    const description = smallDescription('gae', activation, bernoulli)
    const [weights, x, y] = [weightInputs(description), input('x', [batch, 7]), input('y', [batch, 6])]
    const parts = pairModel(description, weights, x, y)
    const next = pairModel(description, weights, x, parts.reconstructionY)
    const { before, after } = await valuesOf(
      {
        before: add(energy(description, weights, 'yGivenX', parts, y), entropy(y)),
        after: add(
          energy(description, weights, 'yGivenX', next, parts.reconstructionY),
          entropy(parts.reconstructionY),
        ),
      },
      { ...randomWeights(description, 17), x: inner(batch, 7, 18), y: inner(batch, 6, 19) },
    )
    before!.forEach((value, row) => expect(after![row]! - value).toBeGreaterThan(0))
  })
})
