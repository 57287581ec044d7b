import type { Device, DeviceReport } from '../../shared/devices'
import { WorkbenchError } from '../../shared/errors'
import { isJudge } from './candidates'

const speed = ({ stepMilliseconds }: Device): number => stepMilliseconds ?? Infinity

/** The fastest that works, the judge last, and why the others were passed over. @throws WorkbenchError NO_DEVICE */
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
