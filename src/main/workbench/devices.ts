import type { DeviceReport } from '../../shared/devices'
import type { AnalystClient } from './analystClient'

/** What runs where; found once per start, since self-tests take a second. */
export class DeviceService {
  #report: Promise<DeviceReport> | null = null

  constructor(private readonly analyst: AnalystClient) {}

  report(): Promise<DeviceReport> {
    this.#report ??= this.analyst.call({ method: 'devices' }).catch((error: unknown) => {
      this.#report = null
      throw error
    })
    return this.#report
  }
}
