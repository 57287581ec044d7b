import { TRPCClientError } from '@trpc/client'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { WorkbenchEvent } from '../../../src/shared/events'
import { errorData } from '../../../src/renderer/src/api/errorData'
import { ipcPipe } from '../../support/ipcPipe'
import type { Pipe } from '../../support/pipe'
import { PipeWorkbench } from '../../support/pipeWorkbench'
import { servedPipe } from '../../support/servedPipe'

const mebibyte = 1024 * 1024
const request = { run: 'rect-1', x: 'a'.repeat(64), y: null, class: null }
const problem = (message: string): WorkbenchEvent => ({
  type: 'problem',
  problem: { at: '2025-01-01T00:00:00.000Z', error: { code: 'X', message, where: null, remedy: null }, run: null },
})

describe.each([
  ['WebSocket', servedPipe],
  ['IPC', ipcPipe],
])('the pipe over %s', (_name, open) => {
  let pipe: Pipe
  const start = async (limit?: number): Promise<PipeWorkbench> => {
    const stub = new PipeWorkbench()
    pipe = await open(stub.workbench, limit)
    return stub
  }
  afterEach(() => pipe.close())

  test('answers queries, with typed arrays of their kind, their values and their alignment', async () => {
    await start()
    const { pair } = await pipe.api.pairs.score.query(request)
    expect(pair.mapping).toBeInstanceOf(Float32Array)
    expect(pair.mapping).toEqual(new Float32Array([0, 0.25, -1.5, Math.fround(1 / 3)]))
    expect(pair.reconstruction.x).toEqual(new Float32Array(784).fill(0.5))
    expect(pair.energy).toEqual({ yGivenX: null, xGivenY: null, conditional: 41.307, diagonal: -0.5 })
  })

  test('carries bytes there and back, also out of the middle of a buffer', async () => {
    await start()
    const bytes = new Uint8Array(mebibyte).map((_, index) => index * 7).subarray(3, 100_003)
    const stored = await pipe.api.images.put.mutate({ name: 'x.png', bytes })
    const { bytes: returned } = await pipe.api.images.get.query({ sha256: stored.sha256 })
    expect(Buffer.compare(Buffer.from(returned), Buffer.from(bytes))).toBe(0)
  })

  test('carries an error as data: code, message, where, remedy', async () => {
    await start()
    const error: unknown = await pipe.api.runs.get.query({ run: 'nobody' }).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(TRPCClientError)
    expect(errorData(error)).toEqual({
      code: 'RUN_NOT_FOUND',
      message: 'There is no run nobody',
      where: 'nobody',
      remedy: 'See the list of runs.',
    })
  })

  test('refuses input that the schema does not know', async () => {
    await start()
    const wrong = { ...request, x: 'no hash', unknown: 1 }
    await expect(pipe.api.pairs.score.query(wrong).catch((cause: unknown) => errorData(cause))).resolves.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  test('a path that nobody handed over is not read', async () => {
    await start()
    const files = [{ name: 'passwd', content: { path: '/etc/passwd' } }]
    const refused = await pipe.api.datasets.preview
      .mutate({ name: 'x', files })
      .catch((cause: unknown) => errorData(cause))
    expect(refused).toMatchObject({ code: 'PATH_NOT_GRANTED', where: '/etc/passwd' })
  })

  test('brings events in order, and ends the subscription when the reader does', async () => {
    const stub = await start()
    stub.events = [problem('one'), problem('two'), problem('three')]
    const seen: WorkbenchEvent[] = []
    const subscription = pipe.api.events.follow.subscribe(undefined, { onData: (event) => seen.push(event) })
    await vi.waitFor(() => expect(seen).toEqual(stub.events))
    expect(stub.subscribers).toBe(1)
    subscription.unsubscribe()
    await vi.waitFor(() => expect(stub.subscribers).toBe(0))
  })

  test('connects again after a cut, subscriptions with it', async () => {
    const stub = await start()
    stub.events = [problem('one')]
    let begun = 0
    const seen: WorkbenchEvent[] = []
    pipe.api.events.follow.subscribe(undefined, { onStarted: () => begun++, onData: (event) => seen.push(event) })
    await vi.waitFor(() => expect(seen).toHaveLength(1))
    pipe.cut()
    await vi.waitFor(() => expect(seen).toHaveLength(2), 5000)
    expect(begun).toBe(2)
    expect(stub.subscribers).toBe(1)
    await expect(pipe.api.pairs.score.query(request)).resolves.toMatchObject({ run: 'rect-1' })
  })

  test('refuses a frame above the limit and goes on afterwards', async () => {
    await start(mebibyte)
    const bytes = new Uint8Array(2 * mebibyte)
    await expect(pipe.api.images.put.mutate({ name: 'big.png', bytes })).rejects.toThrow(TRPCClientError)
    await expect(pipe.api.pairs.score.query(request)).resolves.toMatchObject({ run: 'rect-1' })
  })

  test('answers with a typed error where an answer would exceed the limit', async () => {
    await start(1000)
    const error = await pipe.api.pairs.score.query(request).catch((cause: unknown) => errorData(cause))
    expect(error).toMatchObject({ code: 'FRAME_TOO_LARGE' })
  })

  test('asks for no more events while the reader does not read', async () => {
    const stub = await start()
    const many = 200
    stub.events = Array.from({ length: many }, (_, index) => problem(`${index} `.padEnd(mebibyte / 4, '.')))
    let seen = 0
    pipe.api.events.follow.subscribe(undefined, { onStarted: () => pipe.pauseReading(), onData: () => seen++ })
    await vi.waitFor(() => expect(stub.pulled).toBeGreaterThan(0))
    const settled = await settle(() => stub.pulled)
    expect(settled).toBeLessThan(many)
    pipe.resumeReading()
    await vi.waitFor(() => expect(seen).toBe(many), 20_000)
  })
})

/** The value once it has stopped changing. */
async function settle(read: () => number): Promise<number> {
  for (let last = -1; ;) {
    const now = read()
    if (now === last) return now
    last = now
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
