import type { Device, DeviceChoice, DeviceReport } from '../../shared/devices'
import { WorkbenchError } from '../../shared/errors'
import type { DevicesApi } from '../api/devices'
import type { Launch } from '../children/child'
import { failedDevice, isJudge, knownCandidates, type Candidate } from '../compute/candidates'
import { chooseAuto } from '../compute/chooseAuto'
import { absenceOf } from '../compute/presence'
import { tolerance } from '../compute/selfTest'
import { AnalystClient } from './analystClient'

/** An engine and the device that it computes on. */
export interface EngineChoice {
  engine: string
  device: string
}

/** What needs no test before it is taken: onnxruntime's CPU engine, which every build has. */
const builtIn: EngineChoice = { engine: 'onnx', device: 'cpu' }

const same = (a: EngineChoice, b: EngineChoice): boolean => a.engine === b.engine && a.device === b.device

/**
 * What runs where. Each engine and device is tested once a process, one after another so that they do not slow each other,
 * and in a child of its own: a driver that crashes or hangs costs its own row and nothing else.
 */
export class DeviceService implements DevicesApi {
  readonly #tested = new Map<Candidate, Promise<Device>>()
  #last: Promise<unknown> = Promise.resolve()
  #testing: AnalystClient | null = null
  #stopped = false

  /** Failed self-tests that were told. */
  readonly #told = new Set<Device>()

  /** @param onFault hears of every device that computes wrongly, once */
  constructor(
    private readonly launch: Launch,
    private readonly candidates: readonly Candidate[] = knownCandidates(),
    private readonly onFault: (error: WorkbenchError) => void = () => undefined,
    /** Why a device is not worth a test; null where it is. */
    private readonly absence: (device: string) => string | null = absenceOf,
  ) {}

  async report(): Promise<DeviceReport> {
    const devices = await Promise.all(this.candidates.map((candidate) => this.#test(candidate)))
    const auto = chooseAuto(devices)
    for (const device of devices) {
      if (device.works || device.deviation === null || this.#told.has(device)) continue
      this.#told.add(device)
      this.onFault(selfTestFault(device, device.deviation, auto))
    }
    return { devices, auto }
  }

  /**
   * The engine for a run.
   * @param before what it was begun with: `auto` stays with it while it works, since another engine rounds otherwise
   * @throws WorkbenchError DEVICE_UNAVAILABLE: whoever asks for a device is not given another silently
   */
  async choose(requested: DeviceChoice, before: EngineChoice | null): Promise<EngineChoice> {
    if (requested === 'cpu') return builtIn
    if (requested !== 'auto') return this.#demand(requested)
    const rivals = this.candidates.filter((candidate) => !same(candidate, builtIn) && !isJudge(candidate))
    if (before !== null && same(before, builtIn)) return builtIn
    const begun = rivals.find((candidate) => before !== null && same(candidate, before))
    if (begun !== undefined && (await this.#test(begun)).works) return begun
    // Where nothing else works there is nothing to measure.
    const tested = await Promise.all(rivals.map((candidate) => this.#test(candidate)))
    return tested.some(({ works }) => works) ? (await this.report()).auto : builtIn
  }

  /** Ends the test under way; no other begins. */
  stop(): void {
    this.#stopped = true
    this.#testing?.stop()
  }

  async #demand(requested: DeviceChoice): Promise<EngineChoice> {
    const candidate = this.candidates.find(({ device }) => device === requested)
    const found = candidate === undefined ? null : await this.#test(candidate)
    if (found?.works) return found
    throw new WorkbenchError('DEVICE_UNAVAILABLE', `${requested} does not work on this machine`, {
      where: found?.why ?? null,
      remedy: 'Choose auto or cpu; see gae-workbench devices.',
    })
  }

  #test(candidate: Candidate): Promise<Device> {
    const known = this.#tested.get(candidate)
    if (known !== undefined) return known
    const absence = this.absence(candidate.device)
    const test = absence === null ? this.#last.then(() => this.#probe(candidate)) : failedDevice(candidate, absence)
    const device = Promise.resolve(test)
    this.#last = device
    this.#tested.set(candidate, device)
    return device
  }

  async #probe(candidate: Candidate): Promise<Device> {
    const { engine, device, patience } = candidate
    if (this.#stopped) return failedDevice(candidate, 'not tested: the workbench was closed')
    const child = new AnalystClient(this.launch, null)
    this.#testing = child
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.stop()
    }, patience * 1000)
    try {
      return await child.call({ method: 'probe', engine, device })
    } catch (error) {
      const why = late ? `its self-test took longer than ${patience} s` : (error as Error).message
      return failedDevice(candidate, why)
    } finally {
      clearTimeout(timer)
      child.stop()
      this.#testing = null
    }
  }
}

const selfTestFault = ({ device }: Device, deviation: number, auto: EngineChoice): WorkbenchError =>
  new WorkbenchError(
    'SELF_TEST',
    `${device} failed its self-test (off by ${deviation.toExponential(0)}, limit ${tolerance.toExponential(0)})`,
    { remedy: `Running on ${auto.device}; see Settings, Devices.`, exit: 1 },
  )
