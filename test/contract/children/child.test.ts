import { fork } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import type { Child, ChildExit } from '../../../src/main/children/child'
import { launchUtilityChild } from '../../../src/main/desktop/utilityChild'
import { echoChildFolder } from '../../support/echoChild'

vi.mock('electron', async () => {
  const { forkUtility } = await import('../../support/electron/utilityProcess')
  return { utilityProcess: { fork: forkUtility } }
})

let folder: string
beforeAll(async () => {
  folder = await echoChildFolder()
})

describe.each([
  ['child_process.fork', launchNodeChild],
  ['utilityProcess.fork', launchUtilityChild],
])('a child by %s', (_name, launch) => {
  let child: Child
  let messages: unknown[]
  let exits: ChildExit[]
  const start = async (): Promise<void> => {
    child = launch(folder)('trainer')
    messages = []
    exits = []
    child.onMessage((message) => messages.push(message))
    child.onExit((exit) => exits.push(exit))
    await vi.waitFor(() => expect(messages).toEqual(['ready']), 10_000)
    messages = []
  }
  const ended = () => vi.waitFor(() => expect(exits).toHaveLength(1), 10_000)
  afterEach(async () => {
    child.kill()
    await ended()
  })

  test('answers in order, with typed arrays as they were', async () => {
    await start()
    const sent = [1, { x: new Float32Array([0.5, -1]), y: null }, { labels: new Int32Array([3, -4]) }, 'last']
    for (const message of sent) child.send(message)
    await vi.waitFor(() => expect(messages).toEqual(sent))
    expect((messages[1] as { x: unknown }).x).toBeInstanceOf(Float32Array)
  })

  test('that leaves is told once, with its code, also to who asks later', async () => {
    await start()
    child.send('leave')
    await ended()
    expect(exits[0]).toMatchObject({ code: 7, signal: null })
    const late: ChildExit[] = []
    child.onExit((exit) => late.push(exit))
    expect(late).toEqual(exits)
  })

  test('that dies is told, with the end of what it complained', async () => {
    await start()
    child.send('complain')
    await ended()
    expect(exits[0]?.stderr).toContain('no memory')
  })

  test('that crashes natively takes nobody along', async () => {
    await start()
    child.send('crash')
    await ended()
    expect(exits[0]?.code).not.toBe(0)
    child.send('to nobody')
  })

  test.skipIf(process.platform === 'win32')('that is stopped by a signal is killed, and told as that', async () => {
    await start()
    process.kill(child.pid!, 'SIGSTOP')
    child.kill()
    await ended()
    expect(exits[0]?.signal).toBe('SIGKILL')
  })

  test('that computes without end is killed', async () => {
    await start()
    child.send('hang')
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill()
    await ended()
  })
})

test('a child that cannot be started is told as one that ended', async () => {
  const child = launchNodeChild(join(folder, 'nowhere'))('trainer')
  const exits: ChildExit[] = []
  child.onExit((exit) => exits.push(exit))
  await vi.waitFor(() => expect(exits).toHaveLength(1), 10_000)
  expect(exits[0]?.code).not.toBe(0)
})

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a child ends when its parent was killed', async () => {
  const parent = `
    import { fork } from 'node:child_process'
    const child = fork(${JSON.stringify(join(folder, 'trainer.js'))}, [], { serialization: 'advanced' })
    child.once('message', () => process.send(child.pid))
    setInterval(() => undefined, 1000)
  `
  const path = join(folder, 'parent.js')
  await writeFile(path, parent)
  const parentProcess = fork(path)
  const pid = await new Promise<number>((resolve) =>
    parentProcess.once('message', (message) => resolve(Number(message))),
  )
  expect(isAlive(pid)).toBe(true)
  parentProcess.kill('SIGKILL')
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000)
})
