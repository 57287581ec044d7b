import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { WorkbenchError } from '../../shared/errors'

/** Where everything of one workbench lies. */
export interface DataPaths {
  folder: string
  database: string
  datasets: string
  checkpoints: string
  images: string
  backups: string
}

/** The data folder: as said on the command line, else by GAE_WORKBENCH_HOME, else the platform's folder for user data. @throws NO_HOME, USAGE */
export function resolveDataFolder(explicit: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  if (explicit === '') {
    throw new WorkbenchError('USAGE', '--data names no folder', {
      where: '--data',
      remedy: 'Name one, or leave it out.',
    })
  }
  const chosen = explicit ?? (environment.GAE_WORKBENCH_HOME || undefined)
  if (chosen === undefined) return platformFolder()
  return resolve(chosen.replace(/^~(?=$|[/\\])/, homedir()))
}

/** Without a home the platform's folder would lie in whatever folder the command was called from. */
function platformFolder(): string {
  const { data } = envPaths('gae-workbench', { suffix: '' })
  if (isAbsolute(data)) return data
  throw new WorkbenchError('NO_HOME', 'There is no home folder to keep data in (HOME is empty)', {
    where: data,
    remedy: 'Say where: --data DIR, or GAE_WORKBENCH_HOME.',
  })
}

export const logFolder = (folder: string): string => join(folder, 'logs')

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
