import type { ErrorData } from '../../shared/errors'
import type { Problem } from '../../shared/events'
import { mutation, nothing, query } from './acts'

export interface AppInfo {
  version: string
  versions: Record<string, string>
  dataFolder: string
  /** desktop: Electron; served: a browser on loopback. */
  host: 'desktop' | 'served'
  platform: string
  /** Where the log file is. */
  logFile: string | null
  /** Why the database cannot be used, and the newest backup's path; null where it can. */
  damage: { error: ErrorData; backup: string | null } | null
}

export const app = {
  info: query(nothing).gives<AppInfo>(),
  problems: query(nothing).gives<Problem[]>(),
  /** Puts the newest sound backup in the place of a damaged database. */
  restoreBackup: mutation(nothing).gives<{ backup: string }>(),
}
