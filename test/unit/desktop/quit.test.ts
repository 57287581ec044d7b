import { EventEmitter } from 'node:events'
import type { App, BrowserWindow } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { quitWords } from '../../../src/main/desktop/quitWords'
import { guardQuit, type QuitSteps } from '../../../src/main/desktop/quit'

describe('quitting', () => {
  let app: EventEmitter & { quit(): void }
  let window: EventEmitter
  let quits: number
  let steps: { [Name in keyof QuitSteps]: ReturnType<typeof vi.fn<QuitSteps[Name]>> }

  /** As Electron does: asks, and leaves where nobody prevents it. */
  const quit = (): void => {
    let prevented = false
    app.emit('before-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) quits++
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  beforeEach(() => {
    quits = 0
    window = new EventEmitter()
    app = Object.assign(new EventEmitter(), { quit })
    steps = {
      running: vi.fn(() => Promise.resolve<string[]>([])),
      confirm: vi.fn(() => Promise.resolve(true)),
      close: vi.fn(() => Promise.resolve()),
      onFault: vi.fn(),
    }
    guardQuit(app as unknown as App, window as unknown as BrowserWindow, steps)
  })

  test('asks nothing where nothing is under way, closes, and goes', async () => {
    app.quit()
    await settled()
    expect(steps.confirm).not.toHaveBeenCalled()
    expect(steps.close).toHaveBeenCalledOnce()
    expect(quits).toBe(1)
  })

  test('names the run under way, and checkpoints it before it goes', async () => {
    steps.running.mockResolvedValue(['rect-3'])
    window.emit('close', { preventDefault: () => undefined })
    await settled()
    expect(steps.confirm).toHaveBeenCalledWith(['rect-3'])
    expect(steps.close).toHaveBeenCalledOnce()
    expect(quits).toBe(1)
  })

  test('stays where the user stays, and asks again the next time', async () => {
    steps.running.mockResolvedValue(['rect-3'])
    steps.confirm.mockResolvedValueOnce(false)
    app.quit()
    await settled()
    expect(steps.close).not.toHaveBeenCalled()
    expect(quits).toBe(0)
    app.quit()
    await settled()
    expect(quits).toBe(1)
  })

  test('asks once, however often it is told', async () => {
    app.quit()
    app.quit()
    window.emit('close', { preventDefault: () => undefined })
    await settled()
    expect(steps.close).toHaveBeenCalledOnce()
  })

  test('goes also where closing fails, and says so', async () => {
    steps.close.mockRejectedValue(new Error('disk full'))
    app.quit()
    await settled()
    expect(steps.onFault).toHaveBeenCalledOnce()
    expect(quits).toBe(1)
  })
})

test('what is asked names the run, or counts them', () => {
  expect(quitWords(['rect-3']).message).toBe('rect-3 is training.')
  expect(quitWords(['a', 'b'])).toEqual({
    message: '2 runs are training.',
    detail: 'a, b: the last finished epoch of each is kept, and it goes on when the workbench is open again.',
  })
  expect(quitWords(['a', 'b', 'c', 'd', 'e', 'f']).detail).toMatch(/^a, b, c, d and 2 more: /)
})
