import { describe, expect, it } from 'vitest'
import type { AnalystRequest } from '../../../src/shared/analyst'
import type { Device } from '../../../src/shared/devices'
import { errorLine, type WorkbenchError } from '../../../src/shared/errors'
import type { ChildExit, Launch } from '../../../src/main/children/child'
import type { Candidate } from '../../../src/main/compute/candidates'
import { chooseAuto } from '../../../src/main/compute/chooseAuto'
import { DeviceService } from '../../../src/main/workbench/devices'

const candidate = (engine: string, device: string, patience = 100): Candidate => ({
  engine,
  device,
  name: 'a chip',
  dtype: 'float32',
  note: 'note',
  patience,
})
const candidates = [candidate('onnx', 'cpu'), candidate('onnx', 'webgpu'), candidate('reference', 'cpu')]

const device = (engine: string, name: string, milliseconds: number | null): Device => ({
  ...{ engine, device: name, name: 'a chip', dtype: 'float32' },
  works: milliseconds !== null,
  why: milliseconds === null ? 'no adapter' : 'passed',
  deviation: milliseconds === null ? null : 1e-7,
  stepMilliseconds: milliseconds,
})

/** Children that answer with a speed, or that do not work (null), compute wrongly, die, or are silent. */
function launcher(answers: Record<string, number | null | 'wrong' | 'dies' | 'silent'>) {
  const asked: string[] = []
  let [running, most] = [0, 0]
  const launch: Launch = () => {
    let [tell, exit] = [(_: unknown): void => undefined, (_: ChildExit): void => undefined]
    most = Math.max(most, ++running)
    return {
      pid: 1,
      send: (message) => {
        const { id, call } = message as AnalystRequest
        if (call.method !== 'probe') throw new TypeError(call.method)
        const key = `${call.engine} ${call.device}`
        asked.push(key)
        const answer = answers[key]
        if (answer === 'silent') return
        if (answer === 'dies') return exit({ code: null, signal: 'SIGABRT', stderr: '' })
        const { engine, device: of } = call
        if (answer === 'wrong') tell({ id, ok: true, value: { ...device(engine, of, null), deviation: 0.03 } })
        else tell({ id, ok: true, value: device(engine, of, answer ?? null) })
      },
      onMessage: (listener) => (tell = listener),
      onExit: (listener) => (exit = listener),
      kill: () => {
        running--
        exit({ code: null, signal: 'SIGKILL', stderr: '' })
      },
    }
  }
  return { launch, asked, most: () => most }
}

const service = (answers: Parameters<typeof launcher>[0], known = candidates) => {
  const { launch, asked, most } = launcher(answers)
  const faults: string[] = []
  const onFault = (error: WorkbenchError) => faults.push(errorLine(error.toData()))
  const absence = (name: string) => (name === 'cuda' ? 'its files are not installed' : null)
  return { devices: new DeviceService(launch, known, onFault, absence), asked, most, faults }
}

describe('the report', () => {
  it('tests each device once a process, one after another', async () => {
    const { devices, asked, most } = service({ 'onnx cpu': 3, 'onnx webgpu': 1, 'reference cpu': 300 })
    const [report] = await Promise.all([devices.report(), devices.report()])
    expect(report.devices.map(({ stepMilliseconds }) => stepMilliseconds)).toEqual([3, 1, 300])
    expect(report.auto).toEqual({
      engine: 'onnx',
      device: 'webgpu',
      why: 'the fastest that passed its self-test (1.00 ms a small step); onnx cpu takes 3.0 times as long; reference cpu only judges the others',
    })
    expect(asked).toEqual(['onnx cpu', 'onnx webgpu', 'reference cpu'])
    expect(most()).toBe(1)
  })

  it('says of a driver that ended its process, and of one that hangs, that it does not work', async () => {
    const hanging = [candidate('onnx', 'cpu'), candidate('onnx', 'webgpu', 0.05), candidate('onnx', 'metal')]
    const { devices } = service({ 'onnx cpu': 3, 'onnx webgpu': 'silent', 'onnx metal': 'dies' }, hanging)
    const { devices: found, auto } = await devices.report()
    expect(found.map(({ works }) => works)).toEqual([true, false, false])
    expect(found[1]!.why).toBe('note; its self-test took longer than 0.05 s')
    expect(found[2]!.why).toBe('note; The analyst process ended (SIGABRT)')
    expect(auto.device).toBe('cpu')
  })

  it('tells a device that computes wrongly among the problems, once; one that is not there is none', async () => {
    const three = [...candidates.slice(0, 2), candidate('onnx', 'metal')]
    const { devices, faults } = service({ 'onnx cpu': 3, 'onnx webgpu': 'wrong', 'onnx metal': null }, three)
    await devices.report()
    await devices.report()
    expect(faults).toEqual([
      'webgpu failed its self-test (off by 3e-2, limit 1e-4). Running on cpu; see Settings, Devices. [SELF_TEST]',
    ])
  })

  it('ends with the workbench: no further process is started', async () => {
    const { devices, asked } = service({ 'onnx cpu': 'silent', 'onnx webgpu': 1, 'reference cpu': 300 })
    const report = devices.report()
    await expect.poll(() => asked).toEqual(['onnx cpu'])
    devices.stop()
    await expect(report).rejects.toMatchObject({ code: 'NO_DEVICE' })
    expect(asked).toEqual(['onnx cpu'])
  })

  it('starts no process for a device whose files are not there', async () => {
    const { devices, asked } = service({}, [candidate('tfjs', 'cuda')])
    await expect(devices.report()).rejects.toMatchObject({ code: 'NO_DEVICE' })
    expect(asked).toEqual([])
  })
})

describe('auto', () => {
  it('never leaves the work to the judge, even where it wins a small step', () => {
    const judge = device('reference', 'cpu', 1)
    expect(chooseAuto([judge, device('onnx', 'cpu', 3)]).engine).toBe('onnx')
    expect(chooseAuto([judge, device('onnx', 'cpu', null)]).engine).toBe('reference')
    expect(() => chooseAuto([device('onnx', 'cpu', null)])).toThrow('No engine passed its self-test')
  })

  it('takes the fastest for a run', async () => {
    const { devices } = service({ 'onnx cpu': 3, 'onnx webgpu': 1 })
    expect(await devices.choose('auto', null)).toMatchObject({ engine: 'onnx', device: 'webgpu' })
  })

  it('measures nothing where only the CPU is left', async () => {
    const { devices, asked } = service({ 'onnx cpu': 3 })
    expect(await devices.choose('auto', null)).toEqual({ engine: 'onnx', device: 'cpu' })
    expect(asked).toEqual(['onnx webgpu'])
  })

  it('stays with what a run was begun with, while that works', async () => {
    const both = { 'onnx cpu': 3, 'onnx webgpu': 5 }
    expect(await service(both).devices.choose('auto', { engine: 'onnx', device: 'webgpu' })).toMatchObject({
      device: 'webgpu',
    })
    const { devices, asked } = service({ 'onnx cpu': 3, 'onnx webgpu': 1 })
    expect(await devices.choose('auto', { engine: 'onnx', device: 'cpu' })).toEqual({ engine: 'onnx', device: 'cpu' })
    expect(asked).toEqual([])
    const gone = service({ 'onnx cpu': 3 }).devices
    expect(await gone.choose('auto', { engine: 'onnx', device: 'webgpu' })).toMatchObject({ device: 'cpu' })
  })
})

describe('a device that was asked for', () => {
  it('is given where it works, and is an error where it does not', async () => {
    const slow = service({ 'onnx cpu': 1, 'onnx webgpu': 90 }).devices
    expect(await slow.choose('webgpu', null)).toMatchObject({ engine: 'onnx', device: 'webgpu' })
    const { devices } = service({ 'onnx cpu': 1 })
    expect(await devices.choose('cpu', null)).toEqual({ engine: 'onnx', device: 'cpu' })
    await expect(devices.choose('webgpu', null)).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
      message: 'webgpu does not work on this machine',
      where: 'no adapter',
      exit: 2,
    })
    await expect(devices.choose('tensorflow', null)).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' })
  })
})
