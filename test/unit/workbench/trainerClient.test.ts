import { beforeEach, describe, expect, it } from 'vitest'
import type { Child, ChildExit } from '../../../src/main/children/child'
import { TrainerClient } from '../../../src/main/workbench/trainerClient'
import type { TrainerJob, TrainerRequest } from '../../../src/shared/trainer'

const job = { task: 'evaluate' } as TrainerJob
const forever = new AbortController().signal

class FakeChild implements Child {
  readonly pid = 1
  killed = false
  readonly requests: TrainerRequest[] = []
  #message: (message: unknown) => void = () => undefined
  #exit: (exit: ChildExit) => void = () => undefined

  send(message: unknown): void {
    this.requests.push(message as TrainerRequest)
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener
  }
  onExit(listener: (exit: ChildExit) => void): void {
    this.#exit = listener
  }
  /** A killed process ends a little later. */
  kill(): void {
    this.killed = true
  }
  say(message: unknown): void {
    this.#message(message)
  }
  finish(): void {
    this.#message({ type: 'done', results: [] })
  }
  die(): void {
    this.#exit({ code: null, signal: 'SIGKILL', stderr: '' })
  }
}

describe('a trainer', () => {
  let children: FakeChild[]
  let client: TrainerClient
  beforeEach(() => {
    children = []
    client = new TrainerClient(() => {
      const child = new FakeChild()
      children.push(child)
      return child
    })
  })
  const run = () => client.run(job, () => undefined, forever)

  it('does one task after another', async () => {
    for (let task = 1; task <= 2; task++) {
      const outcome = run()
      children[0]!.finish()
      expect(await outcome).toEqual({ status: 'done', results: [] })
    }
    expect(children).toHaveLength(1)
    expect(children[0]!.requests).toHaveLength(2)
  })

  it('that says what cannot be read ends the task with words, and the next has another trainer', async () => {
    const outcome = run()
    const epoch = { phase: 'pretrain', class: null, epoch: 1, validLoss: null, validError: null, seconds: 1 }
    expect(() => children[0]!.say({ type: 'epoch', ...epoch, trainLoss: Infinity })).not.toThrow()
    await expect(outcome).rejects.toMatchObject({
      code: 'TRAINER_MESSAGE',
      message: expect.stringContaining('trainLoss') as string,
    })
    // The old one has been killed and is not gone yet: the next task is not given to it, nor ended by its end.
    const next = run()
    expect([children.length, children[0]!.killed]).toEqual([2, true])
    children[0]!.die()
    children[1]!.finish()
    expect(await next).toEqual({ status: 'done', results: [] })
  })

  it('that dies in a task ends the task with words', async () => {
    const outcome = run()
    children[0]!.die()
    await expect(outcome).rejects.toMatchObject({ code: 'TRAINER_DIED' })
  })

  it.each([
    [3e9, 'most likely for want of memory: its run needs about 3 GB'],
    [30e9, 'for want of memory, or another program did: its run needs about 3 GB'],
  ])('that the system ends is told as short of memory, with what its run needs: of %d', async (there, words) => {
    const text = 'about 3 GB of memory while training; some are free'
    const needs = new TrainerClient(
      () => children[children.push(new FakeChild()) - 1]!,
      () => undefined,
      { need: 2.9e9, there, level: 'close', text, fitting: [] },
    )
    const outcome = needs.run(job, () => undefined, forever)
    children[0]!.die()
    await expect(outcome).rejects.toMatchObject({
      message: expect.stringContaining(words) as string,
      remedy: expect.stringContaining('smaller') as string,
    })
  })

  it('whose listener throws fails its task alone', async () => {
    const outcome = client.run(
      job,
      () => {
        throw new Error('listener')
      },
      forever,
    )
    expect(() => children[0]!.finish()).not.toThrow()
    await expect(outcome).rejects.toThrow('listener')
  })

  it('that dies between two tasks has a successor', async () => {
    const first = run()
    children[0]!.finish()
    await first
    children[0]!.die()
    const second = run()
    expect(children).toHaveLength(2)
    children[1]!.finish()
    expect(await second).toEqual({ status: 'done', results: [] })
  })

  it('that is stopped does not take its successor along', async () => {
    const first = run()
    children[0]!.finish()
    await first
    client.stop()
    const second = run()
    children[0]!.die()
    children[1]!.finish()
    expect(await second).toEqual({ status: 'done', results: [] })
  })
})
