import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'

/** Where everything of one workbench lies. */
export interface DataPaths {
  folder: string
  database: string
  datasets: string
  checkpoints: string
  images: string
  backups: string
}

/** The data folder: as said on the command line, else by GAE_WORKBENCH_HOME, else the platform's folder for user data. */
export function resolveDataFolder(explicit: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = explicit ?? (environment.GAE_WORKBENCH_HOME || undefined)
  if (chosen === undefined) return envPaths('gae-workbench', { suffix: '' }).data
  return resolve(chosen.replace(/^~(?=$|[/\\])/, homedir()))
}

export function dataPaths(folder: string): DataPaths {
  return {
    folder,
    database: join(folder, 'workbench.sqlite'),
    datasets: join(folder, 'datasets'),
    checkpoints: join(folder, 'checkpoints'),
    images: join(folder, 'images'),
    backups: join(folder, 'backups'),
  }
}
