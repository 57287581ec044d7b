import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Child } from '../../../src/main/children/child'
import type { Life } from '../../../src/main/children/life'
import { silenceText, type Silence } from '../../../src/main/children/pulse'
import { AnalystClient } from '../../../src/main/workbench/analystClient'
import { TrainerClient } from '../../../src/main/workbench/trainerClient'
import type { AnalystCallInput } from '../../../src/shared/analyst'
import type { TrainerJob } from '../../../src/shared/trainer'

/** A child that says what it is told to, and a process whose life is a test's to say. */
function frozen() {
  const child = {
    pid: 1,
    killed: false,
    say: (_: unknown): void => undefined,
    send: () => undefined,
    onMessage: (listener: (message: unknown) => void) => void (child.say = listener),
    onExit: () => undefined,
    kill: () => void (child.killed = true),
  }
  const life: Life = { stopped: false, seconds: 0 }
  return { child: child as typeof child & Child, life, look: async () => ({ ...life }) }
}

const job = { task: 'evaluate' } as TrainerJob
const question = { method: 'field' } as unknown as AnalystCallInput
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a trainer that owes an answer', () => {
  function running() {
    const told: (Silence | null)[] = []
    const { child, life, look } = frozen()
    const client = new TrainerClient(
      () => child,
      (silence) => told.push(silence),
      null,
      look,
    )
    const stop = new AbortController()
    const outcome = client.run(job, () => undefined, stop.signal)
    return { told, child, life, stop, outcome }
  }

  it('is told within half a minute where it is stopped, and no more once it goes on', async () => {
    const { told, child, life } = running()
    life.stopped = true
    await seconds(30)
    expect(told.at(-1)).toMatchObject({ why: 'stopped' })
    expect(silenceText(told.at(-1)!)).toMatch(/^not answering for \d+ s: its process is stopped/)
    child.say({ type: 'warning', warning: { code: 'X', message: 'm', where: null, remedy: null } })
    expect(told.at(-1)).toBeNull()
  })

  it('is told as idle where it neither says anything nor computes', async () => {
    const { told } = running()
    await seconds(30)
    expect(told.at(-1)).toMatchObject({ why: 'idle' })
  })

  it('is not called frozen while a long step computes', async () => {
    const { told, life } = running()
    for (let turn = 0; turn < 60; turn++) {
      life.seconds += 1
      await seconds(1)
    }
    expect(told).toEqual([])
  })

  it('is ended by a cancel that it does not answer', async () => {
    const { child, stop } = running()
    stop.abort()
    await seconds(6)
    expect(child.killed).toBe(true)
  })
})

describe('an analyst that owes an answer', () => {
  function asked() {
    const { child, life, look } = frozen()
    const client = new AnalystClient(() => child, look)
    return { client, child, life, answer: client.call(question) }
  }

  it('is given up within half a minute where it is stopped or hangs: its question ends with words', async () => {
    for (const stopped of [true, false]) {
      const { child, life, answer } = asked()
      life.stopped = stopped
      const refused = expect(answer).rejects.toMatchObject({
        code: 'ANALYST_SILENT',
        message: expect.stringContaining('not answering') as string,
        remedy: expect.stringContaining('ask again') as string,
      })
      await seconds(30)
      await refused
      expect(child.killed).toBe(true)
    }
  })

  it('may compute as long as it takes, and rest between questions', async () => {
    const { child, life, answer } = asked()
    for (let turn = 0; turn < 60; turn++) {
      life.seconds += 1
      await seconds(1)
    }
    child.say({ id: 1, ok: true, value: 'b' })
    expect(await answer).toBe('b')
    await seconds(60)
    expect(child.killed).toBe(false)
  })
})
