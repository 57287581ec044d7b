import type { Command } from 'commander'
import { command, perform, type CommonOptions } from './command'
import { table } from './output'

export const devicesCommand = (childFolder: string): Command =>
  command('devices', 'engines and devices found, and which one auto takes').action((options: CommonOptions) =>
    perform(options, childFolder, async ({ output, app }) => {
      const report = await (await app()).devices.report()
      const rows = report.devices.map(({ engine, device, name, works, stepMilliseconds, why }) => [
        engine,
        device,
        name,
        works ? 'yes' : 'no',
        stepMilliseconds === null ? '--' : `${stepMilliseconds.toFixed(2)} ms`,
        why,
      ])
      const { engine, device, why } = report.auto
      const text = `${table(['engine', 'device', 'name', 'works', 'step', 'why'], rows)}\nauto: ${engine} ${device}, ${why}`
      output.result(report, text)
    }),
  )
