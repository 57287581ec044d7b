import { z } from 'zod'

/** What a user may ask for; `auto` takes the fastest that passes the self-test. */
export const deviceChoiceSchema = z.enum(['auto', 'cpu', 'webgpu', 'cuda', 'tensorflow'])
export type DeviceChoice = z.infer<typeof deviceChoiceSchema>

export const deviceSchema = z.object({
  engine: z.string(),
  device: z.string(),
  name: z.string(),
  dtype: z.string(),
  works: z.boolean(),
  /** Why it works or not, in words. */
  why: z.string(),
  /** How far the self-test was off, as a share of the largest value; null where it was not done. */
  deviation: z.number().or(z.nan()).nullable(),
  /** Median of a small training step (784 pixels, 256 factors, batch 100), in milliseconds; null where it does not work. */
  stepMilliseconds: z.number().nullable(),
})
export type Device = z.infer<typeof deviceSchema>

export const deviceReportSchema = z.object({
  devices: z.array(deviceSchema),
  auto: z.object({ engine: z.string(), device: z.string(), why: z.string() }),
})
export type DeviceReport = z.infer<typeof deviceReportSchema>
