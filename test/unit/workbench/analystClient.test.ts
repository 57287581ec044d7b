import { beforeEach, describe, expect, it } from 'vitest'
import type { Child, ChildExit } from '../../../src/main/children/child'
import { AnalystClient } from '../../../src/main/workbench/analystClient'
import type { AnalystCallInput } from '../../../src/shared/analyst'

const question = { method: 'devices' } as unknown as AnalystCallInput

class FakeChild implements Child {
  readonly pid = 1
  readonly ids: number[] = []
  #message: (message: unknown) => void = () => undefined
  #exit: (exit: ChildExit) => void = () => undefined

  send(message: unknown): void {
    this.ids.push((message as { id: number }).id)
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener
  }
  onExit(listener: (exit: ChildExit) => void): void {
    this.#exit = listener
  }
  kill(): void {
    this.#exit({ code: null, signal: 'SIGTERM', stderr: '' })
  }
  say(message: unknown): void {
    this.#message(message)
  }
  answer(id: number, value: unknown): void {
    this.#message({ id, ok: true, value })
  }
}

describe('an analyst', () => {
  let children: FakeChild[]
  let client: AnalystClient
  beforeEach(() => {
    children = []
    client = new AnalystClient(() => {
      const child = new FakeChild()
      children.push(child)
      return child
    })
  })

  it('answers calls by their number, in any order', async () => {
    const calls = [client.call(question), client.call(question)]
    const [first, second] = children[0]!.ids
    children[0]!.answer(second!, 'b')
    children[0]!.answer(first!, 'a')
    expect(await Promise.all(calls)).toEqual(['a', 'b'])
  })

  it('that dies ends its calls with words, and is launched anew by the next one', async () => {
    const call = client.call(question)
    children[0]!.kill()
    await expect(call).rejects.toMatchObject({ code: 'ANALYST_DIED', message: 'The analyst process ended (SIGTERM)' })
    void client.call(question).catch(() => undefined)
    expect(children).toHaveLength(2)
  })

  it('that answers what cannot be read fails that question alone, with words', async () => {
    const [bad, good] = [client.call(question), client.call(question)]
    const [first, second] = children[0]!.ids
    expect(() => children[0]!.say({ id: first, ok: 'perhaps' })).not.toThrow()
    children[0]!.answer(second!, 'b')
    await expect(bad).rejects.toMatchObject({ code: 'ANALYST_MESSAGE' })
    expect(await good).toBe('b')
  })

  it('that says what answers no question ends the questions that wait: nobody knows whose it was', async () => {
    const call = client.call(question)
    for (const message of [null, 7, 'hello', { ok: true }]) expect(() => children[0]!.say(message)).not.toThrow()
    await expect(call).rejects.toMatchObject({ code: 'ANALYST_MESSAGE' })
    void client.call(question).catch(() => undefined)
    expect(children).toHaveLength(2)
  })

  it('that was stopped ends its calls and launches nothing for those that come late', async () => {
    const call = client.call(question)
    client.stop()
    await expect(call).rejects.toMatchObject({ code: 'ANALYST_DIED' })
    await expect(client.call(question)).rejects.toMatchObject({ message: 'The workbench is closing' })
    expect(children).toHaveLength(1)
  })
})
