import { describe, expect, it } from 'vitest'
import type { StepRunner } from '../../../src/main/compute/driver'
import { float32, type Tensors } from '../../../src/main/compute/tensor'
import { trainEpochs, type EpochTask } from '../../../src/main/training/loop/epochLoop'
import { chosenParameters, freshState, type TrainingState } from '../../../src/main/training/loop/trainingState'

const scalar = (value: number) => float32(Float32Array.of(value), [1])

/** A training whose one parameter counts the steps, and whose losses are given. */
function countingRunner(lossOf: (step: number) => number): StepRunner {
  let w = 0
  return {
    setState: ({ w: start }) => {
      w = start!.data[0]!
    },
    setData: () => undefined,
    run: (steps) => {
      const loss = Float32Array.from({ length: steps }, (_, at) => lossOf(w + at))
      w += steps
      return Promise.resolve({ loss })
    },
    getState: () => Promise.resolve({ w: scalar(w) }),
    dispose: () => Promise.resolve(),
  }
}

function taskWith(changes: Partial<EpochTask>): { task: EpochTask; kept: TrainingState[]; losses: number[] } {
  const kept: TrainingState[] = []
  const losses: number[] = []
  const task: EpochTask = {
    runner: countingRunner(() => 1),
    epochs: 10,
    stepsPerEpoch: 3,
    bytesPerStep: 1,
    parameterNames: ['w'],
    patience: null,
    learningRate: 0.5,
    feed: () => ({}),
    validate: () => Promise.resolve(null),
    onProgress: () => undefined,
    onEpoch: (_, trainLoss) => losses.push(trainLoss),
    onState: (state) => {
      kept.push(state)
      return Promise.resolve()
    },
    signal: new AbortController().signal,
    ...changes,
  }
  return { task, kept, losses }
}

const start = () => freshState({ w: scalar(0) }, {})
const validating = (stopScores: number[][]) => (parameters: Tensors) => {
  const stopScore = stopScores[parameters.w!.data[0]! / 3 - 1]!
  return Promise.resolve({ stopScore, loss: stopScore[0]!, error: null })
}

describe('training by epochs', () => {
  it('on fresh data puts the data of an epoch in before its first step, by its number also after a resume', async () => {
    const seen: string[] = []
    const runner: StepRunner = {
      ...countingRunner(() => 1),
      setData: ({ x }) => void seen.push(`data ${x!.data[0]}`),
    }
    const freshData = (epoch: number) => Promise.resolve({ x: scalar(epoch) })
    const feed = (first: number): Tensors => {
      seen.push(`step ${first}`)
      return {}
    }
    const { task } = taskWith({ runner, freshData, feed, epochs: 3, stepsPerEpoch: 1 })
    await trainEpochs(task, { ...start(), epoch: 1, step: 1 })
    expect(seen).toEqual(['data 1', 'step 1', 'data 2', 'step 2'])
  })

  it('without patience runs all epochs and keeps the last weights', async () => {
    const { task, kept, losses } = taskWith({ epochs: 4, runner: countingRunner((step) => step) })
    const end = await trainEpochs(task, start())
    expect(end).toMatchObject({ epoch: 4, step: 12, best: null })
    expect(chosenParameters(end, ['w']).w!.data[0]).toBe(12)
    expect(losses).toEqual([1, 4, 7, 10])
    expect(kept.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
  })

  it('stops when patience ends and keeps the best weights; ties do not count as better', async () => {
    const { task } = taskWith({ patience: 2, validate: validating([[5], [3], [3], [4], [1]]) })
    const end = await trainEpochs(task, start())
    expect(end.epoch).toBe(4)
    expect(chosenParameters(end, ['w']).w!.data[0]).toBe(6)
  })

  it('ties of the first number are decided by the second', async () => {
    const stopScores = [
      [0.1, 5],
      [0.1, 4],
      [0.2, 1],
    ]
    const { task } = taskWith({ epochs: 3, patience: 9, validate: validating(stopScores) })
    expect(chosenParameters(await trainEpochs(task, start()), ['w']).w!.data[0]).toBe(6)
  })

  it('a loss that is not finite stops it, names the batch, and keeps the epoch before', async () => {
    const { task, kept } = taskWith({ runner: countingRunner((step) => (step === 7 ? NaN : 1)) })
    await expect(trainEpochs(task, start())).rejects.toMatchObject({
      code: 'DIVERGED',
      message: 'Loss is NaN at epoch 3, batch 2',
      remedy: 'Epoch 2 is kept: duplicate with a learning rate below 0.5.',
    })
    expect(kept.at(-1)).toMatchObject({ epoch: 2 })
  })

  it('a validation loss that is not finite stops it as well', async () => {
    const { task } = taskWith({ patience: 2, validate: validating([[Infinity]]) })
    await expect(trainEpochs(task, start())).rejects.toMatchObject({
      code: 'DIVERGED',
      message: 'Validation loss is infinite at epoch 1',
      remedy: 'Nothing is kept: duplicate with a learning rate below 0.5.',
    })
  })

  it('cancelled between chunks, it keeps the last finished epoch', async () => {
    const controller = new AbortController()
    const { task, kept } = taskWith({
      signal: controller.signal,
      onProgress: (epoch) => {
        if (epoch === 3) controller.abort()
      },
    })
    await expect(trainEpochs(task, start())).rejects.toThrowError('cancelled')
    expect(kept.at(-1)).toMatchObject({ epoch: 2, step: 6 })
  })

  it('goes on where a state says', async () => {
    const { task, losses } = taskWith({ epochs: 4, runner: countingRunner((step) => step) })
    await trainEpochs(task, { ...start(), epoch: 2, step: 6, carried: { w: scalar(6) } })
    expect(losses).toEqual([7, 10])
  })
})
