import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { useAppStore } from '../../../../src/renderer/src/stores/app'
import { useEventsStore } from '../../../../src/renderer/src/stores/events'

const pipe = vi.hoisted(() => ({
  handlers: null as null | { onStarted(): void; onData(event: unknown): void },
  info: { damage: null } as { damage: object | null },
}))

vi.mock('../../../../src/renderer/src/api/client', () => ({
  api: {
    events: { follow: { subscribe: (_: undefined, handlers: typeof pipe.handlers) => (pipe.handlers = handlers) } },
    app: { info: { query: async () => pipe.info }, problems: { query: async () => [] } },
    devices: { report: { query: async () => null } },
  },
}))

beforeEach(() => setActivePinia(createPinia()))

const problem = (code: string) => ({
  type: 'problem',
  problem: { at: '2026-01-01', error: { code, message: 'what', where: null, remedy: null }, run: null },
})

it('a database that is found damaged while the window is open shows the way back', async () => {
  const app = useAppStore()
  useEventsStore().start()
  pipe.handlers?.onStarted()
  await vi.waitFor(() => expect(app.info).toEqual({ damage: null }))
  pipe.info = { damage: { backup: null } }
  pipe.handlers?.onData(problem('DISK_FULL'))
  await Promise.resolve()
  expect(app.info).toEqual({ damage: null })
  pipe.handlers?.onData(problem('DATABASE_DAMAGED'))
  await vi.waitFor(() => expect(app.info).toEqual({ damage: { backup: null } }))
})
