import type { Command } from 'commander'
import { command, perform, type CommonOptions } from './command'

export const restoreBackupCommand = (childFolder: string): Command =>
  command('restore-backup', 'put the newest backup in the place of a damaged database').action(
    (options: CommonOptions) =>
      perform(options, childFolder, async ({ output }) => {
        const [{ dataPaths, resolveDataFolder }, { restoreBackup }] = await Promise.all([
          import('../store/dataFolder'),
          import('../store/restore'),
        ])
        const { backup, damaged } = await restoreBackup(dataPaths(resolveDataFolder(options.data)))
        const kept = damaged === null ? '' : `\nThe damaged one is kept as ${damaged}.`
        output.result({ backup, damaged }, `${backup} is in place.${kept}`)
      }),
  )
