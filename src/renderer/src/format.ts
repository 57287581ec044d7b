import type { Evaluation, RunSummary } from '../../shared/runs'
import type { Visible } from '../../shared/kinds/keys'

/** What stands for a value that is absent. */
export const absent = '--'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 10000 -> "10,000" */
export const formatCount = (value: number): string => grouped.format(value)

/** "1 image", "32 images" */
export const formatPlural = (value: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(value)} ${value === 1 ? noun : plural}`

/** Digits after the point of a percentage that still tell one image of n apart; at most 3. */
export const percentDigits = (n: number): number => Math.min(3, Math.max(0, Math.ceil(Math.log10(Math.max(1, n))) - 2))

/** A fraction in percent with the digits of one image of n: 0.0062, 10000 -> "0.62 %" */
export const formatPercent = (fraction: number, n: number): string => `${(fraction * 100).toFixed(percentDigits(n))} %`

/** Error of a split with its 95 % Wilson interval: "0.62 % [0.48, 0.79]" */
export function formatError(evaluation: Pick<Evaluation, 'error' | 'errorInterval' | 'n'> | null | undefined): string {
  if (evaluation == null || evaluation.error === null) return absent
  const head = formatPercent(evaluation.error, evaluation.n)
  if (evaluation.errorInterval === null) return head
  const digits = percentDigits(evaluation.n)
  const [low, high] = evaluation.errorInterval.map((end) => (end * 100).toFixed(digits))
  return `${head} [${low}, ${high}]`
}

/** What a finished run reached on the test split: a classifier's error, the loss of any other: "loss 11.07" */
export const formatResult = ({ classifier, test }: Pick<RunSummary, 'classifier' | 'test'>): string =>
  classifier || test?.loss == null ? formatError(test) : `loss ${formatDigits(test.loss)}`

/** An energy, signed, five digits, without a unit, since it is known up to a constant: "+41.307" */
export function formatEnergy(value: number | null | undefined): string {
  if (value == null) return absent
  if (!Number.isFinite(value)) return String(value)
  const text = formatDigits(Math.abs(value), 5)
  return value < 0 ? `-${text}` : `+${text}`
}

/** A loss, error or log-likelihood with `digits` significant digits; never in the form 1e-7 above 0.0001. */
export function formatDigits(value: number | null | undefined, digits = 4): string {
  if (value == null) return absent
  if (value === 0) return '0'
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e9) return value.toExponential(digits - 1)
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)))
  return value.toFixed(decimals)
}

/** A value with three significant digits and no zeros that tell nothing: 1 -> "1", 0.12345 -> "0.123" */
export const formatShort = (value: number): string => String(Number(value.toPrecision(3)))

/** Seconds of work: "0.7 s", "42 s", "4 min 10 s", "2 h 5 min" */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds == null) return absent
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** What is left, as an estimate: "~4 min"; "measuring" while unknown. */
export function formatEta(seconds: number | null | undefined): string {
  if (seconds == null) return 'measuring'
  if (seconds < 1) return '~1 s'
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

const kinds: Record<string, string> = {
  ae: 'auto-encoder',
  cae: 'covariance auto-encoder',
  gae: 'gated auto-encoder',
  mcae: 'mean-covariance auto-encoder',
}

/** What the reconstruction loss is, in words. */
export const lossName = (visible: Visible): string => (visible === 'bernoulli' ? 'cross-entropy' : 'half squared error')

/** The full name of a model kind: mcae -> "mean-covariance auto-encoder" */
export const kindName = (kind: string): string => kinds[kind] ?? kind
