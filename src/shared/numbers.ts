/** What stands for a value that is absent. */
export const absent = '--'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 10000 -> "10,000" */
export const formatCount = (value: number): string => grouped.format(value)

/** Digits after the point of a percentage that still tell one image of n apart; at most 3. */
export const percentDigits = (n: number): number => Math.min(3, Math.max(0, Math.ceil(Math.log10(Math.max(1, n))) - 2))

/** A fraction in percent with the digits of one image of n: 0.0062, 10000 -> "0.62 %" */
export const formatPercent = (fraction: number, n: number): string => `${(fraction * 100).toFixed(percentDigits(n))} %`

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

/** Bytes of memory: "310 MB", "4.2 GB", "1,547 GB" */
export function formatMemory(bytes: number): string {
  if (bytes < 999.5e6) return `${Math.max(1, Math.round(bytes / 1e6))} MB`
  return bytes < 99.5e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${formatCount(bytes / 1e9)} GB`
}
