import { beforeEach, expect, it, vi } from 'vitest'
import type { Child, ChildExit } from '../../../src/main/children/child'
import { WarmTrainers } from '../../../src/main/workbench/warmTrainers'

interface MadeUp extends Child {
  say(message: unknown): void
  die(): void
}

let started: MadeUp[]
let trainers: WarmTrainers
function madeUp(): MadeUp {
  let [message, exit] = [(_: unknown) => {}, (_: ChildExit) => {}]
  return {
    pid: started.length + 1,
    send: vi.fn(),
    onMessage: (listener) => (message = listener),
    onExit: (listener) => (exit = listener),
    kill: vi.fn(),
    say: (text) => message(text),
    die: () => exit({ code: 1, signal: null, stderr: '' }),
  }
}
beforeEach(() => {
  started = []
  trainers = new WarmTrainers(() => {
    started.push(madeUp())
    return started.at(-1)!
  })
})

/** A run that has a trainer, with what it hears of it. */
function run() {
  const child = trainers.launch('trainer')
  const heard: unknown[] = []
  child.onMessage((message) => heard.push(message))
  child.onExit(() => heard.push('exit'))
  return { child, heard, pid: child.pid }
}
const task = ({ child }: ReturnType<typeof run>, end: string) => {
  child.send({ type: 'start' })
  started[child.pid! - 1]!.say({ type: end })
}

it('are handed on by a run that has no more need of them, and tell each run of its own tasks alone', () => {
  const first = run()
  task(first, 'done')
  first.child.kill()
  first.child.kill()
  const second = run()
  expect(second.pid).toBe(first.pid)
  task(second, 'cancelled')
  expect([first.heard, second.heard]).toEqual([[{ type: 'done' }], [{ type: 'cancelled' }]])
  expect(run().pid).not.toBe(second.pid)
})

it('are ended where a task failed, or has not come to its end', () => {
  const failed = run()
  task(failed, 'failed')
  failed.child.kill()
  const hanging = run()
  task(hanging, 'done')
  hanging.child.send({ type: 'start' })
  hanging.child.kill()
  expect(started.map(({ kill }) => vi.mocked(kill).mock.calls.length)).toEqual([1, 1])
  expect(run().pid).toBe(3)
})

it('are ended when there is no more work, and one that died meanwhile is given to nobody', () => {
  const [one, other] = [run(), run()]
  for (const each of [one, other]) task(each, 'done')
  one.child.kill()
  started[0]!.die()
  expect(one.heard).toEqual([{ type: 'done' }])
  trainers.rest()
  other.child.kill()
  expect(started.map(({ kill }) => vi.mocked(kill).mock.calls.length)).toEqual([0, 1])
  const next = run()
  expect(next.pid).toBe(3)
  started[2]!.die()
  expect(next.heard).toEqual(['exit'])
})

it('are ended after a hundred tasks', () => {
  for (let turn = 0; turn < 100; turn++) {
    const one = run()
    task(one, 'done')
    one.child.kill()
  }
  expect(run().pid).toBe(2)
  expect(vi.mocked(started[0]!.kill)).toHaveBeenCalledOnce()
})
