import { availableParallelism, cpus } from 'node:os'
import type { Device, DeviceReport } from '../../shared/devices'
import { WorkbenchError } from '../../shared/errors'
import { openBackend } from './backend'
import type { Backend } from './engine'
import { selfTest, tolerance } from './selfTest'

/** An engine and device that this machine may have. */
export interface Candidate {
  readonly engine: string
  readonly device: string
  readonly name: string
  readonly dtype: string
  /** What it is for, in a word or two. */
  readonly note: string
  open(): Promise<Backend>
}

/** The engines of this build: onnxruntime and the reference, both on the CPU. */
export function knownCandidates(): Candidate[] {
  const threads = availableParallelism()
  const cpu = cpus()[0]?.model.trim() ?? 'CPU'
  return [
    {
      engine: 'onnx',
      device: 'cpu',
      name: `${cpu}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      dtype: 'float32',
      note: 'onnxruntime',
      open: () => openBackend({ engine: 'onnx', device: 'cpu', threads }),
    },
    {
      engine: 'reference',
      device: 'cpu',
      name: `${cpu}, 1 thread`,
      dtype: 'float64',
      note: 'plain TypeScript, the judge of the others',
      open: () => openBackend({ engine: 'reference', device: 'cpu', threads: 1 }),
    },
  ]
}

async function probe({ open, note, ...names }: Candidate): Promise<Device> {
  const failed = (why: string): Device => ({ ...names, works: false, why, stepMilliseconds: null })
  try {
    const { passed, deviation, stepMilliseconds } = await selfTest(await open())
    const share = `${deviation.toExponential(1)} from the reference`
    if (!passed) return failed(`${note}; its self-test is off by ${share}, more than ${tolerance}`)
    return { ...names, works: true, why: `${note}; self-test passed (${share})`, stepMilliseconds }
  } catch (error) {
    return failed(`${note}; ${error instanceof Error ? error.message : String(error)}`)
  }
}

const speed = ({ stepMilliseconds }: Device): number => stepMilliseconds ?? Infinity

/** The reference judges the others and trains nothing, however fast it is at one small step. */
const isJudge = ({ engine }: Device): boolean => engine === 'reference'

/** The fastest that works, the judge last, and why the others were passed over. */
export function chooseAuto(devices: readonly Device[]): DeviceReport['auto'] {
  const usable = (device: Device) => Number(!device.works) * 2 + Number(isJudge(device))
  const [best, ...others] = [...devices].sort((a, b) => usable(a) - usable(b) || speed(a) - speed(b))
  if (!best?.works) {
    throw new WorkbenchError('NO_DEVICE', 'No engine passed its self-test on this machine', {
      where: devices.map(({ engine, device, why }) => `${engine} ${device}: ${why}`).join('; '),
      remedy: 'Install again (npm ci), and report this where it stays.',
      exit: 1,
    })
  }
  const passedOver = others.map((other) =>
    other.works && isJudge(other)
      ? `${other.engine} ${other.device} only judges the others`
      : other.works
        ? `${other.engine} ${other.device} takes ${(speed(other) / speed(best)).toFixed(1)} times as long`
        : `${other.engine} ${other.device} does not work`,
  )
  const why = [`the fastest that passed its self-test (${speed(best).toFixed(2)} ms a small step)`, ...passedOver]
  return { engine: best.engine, device: best.device, why: why.join('; ') }
}

/** Tests every engine and device with a small training, one after another, and chooses what `auto` takes. */
export async function discoverDevices(candidates: readonly Candidate[] = knownCandidates()): Promise<DeviceReport> {
  const devices: Device[] = []
  for (const candidate of candidates) devices.push(await probe(candidate))
  return { devices, auto: chooseAuto(devices) }
}
