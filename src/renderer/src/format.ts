import { absent, formatCount, formatDigits } from '../../shared/numbers'
import type { Progress } from '../../shared/runs'
import type { Visible } from '../../shared/kinds/keys'

/** "1 image", "32 images" */
export const formatPlural = (value: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(value)} ${value === 1 ? noun : plural}`

/** An energy, signed, five digits, without a unit, since it is known up to a constant: "+41.307" */
export function formatEnergy(value: number | null | undefined): string {
  if (value == null) return absent
  if (!Number.isFinite(value)) return String(value)
  const text = formatDigits(Math.abs(value), 5)
  return value < 0 ? `-${text}` : `+${text}`
}

/** A value with three significant digits and no zeros that tell nothing: 1 -> "1", 0.12345 -> "0.123" */
export const formatShort = (value: number): string => String(Number(value.toPrecision(3)))

/** What is left, as an estimate: "~4 min"; "measuring" while unknown, "finishing" at the end. */
export function formatEta(progress: Pick<Progress, 'eta' | 'fraction'> | null): string {
  const seconds = progress?.eta ?? null
  if (progress !== null && (progress.fraction >= 0.99 || (seconds !== null && seconds < 1))) return 'finishing'
  if (seconds === null) return 'measuring'
  if (seconds < 60) return `~${Math.ceil(seconds)} s`
  if (seconds < 3600) return `~${Math.ceil(seconds / 60)} min`
  return `~${(seconds / 3600).toFixed(1)} h`
}

/** Engine, device and number type in short: "onnx/cpu f32" */
export const formatEngine = (engine: string, device: string, dtype: string | null): string =>
  `${engine}/${device}${dtype === null ? '' : ` ${dtype.replace(/^float/, 'f')}`}`

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** 7840016 -> "7.8 MB" (powers of ten) */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const text = unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)
  return `${text} ${units[unit]}`
}

/** How long ago, from ISO 8601: "now", "5 min ago", "2 h ago", "3 d ago", then the date. */
export function formatAgo(iso: string | null | undefined, now: number = Date.now()): string {
  if (iso == null) return absent
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000)
  if (seconds < 60) return 'now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  if (seconds < 7 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`
  return iso.slice(0, 10)
}

/** Local date and time for tooltips: "2026-03-14 15:09:26" */
export function formatTime(iso: string | null | undefined): string {
  if (iso == null) return absent
  const date = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** Height x width: "28x28" */
export const formatShape = ([height, width]: readonly [number, number]): string => `${height}x${width}`

/** What the reconstruction loss is, in words. */
export const lossName = (visible: Visible): string => (visible === 'bernoulli' ? 'cross-entropy' : 'half squared error')
