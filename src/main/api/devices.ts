import type { DeviceReport } from '../../shared/devices'
import { nothing, query, type Api } from './acts'

export const devices = { report: query(nothing).gives<DeviceReport>() }

export type DevicesApi = Api<typeof devices>
