import type { DeviceReport } from '../../shared/devices'
import { nothing, query, type ApiOf } from './acts'

export const devices = { report: query(nothing).gives<DeviceReport>() }

export type DevicesApi = ApiOf<typeof devices>
