import { join } from 'node:path'
import type { Command } from 'commander'
import { launchNodeChild } from '../children/nodeChild'
import { openWorkbench } from '../openWorkbench'
import { serveWorkbench } from '../served/serve'
import { command, integer, perform, type CommonOptions } from './command'
import { stopSignals } from './interrupt'

interface ServeOptions extends CommonOptions {
  port: number
  host: string
}

/** Resolves when the process is told to stop. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of stopSignals) process.once(signal, resolve)
  })

export const serveCommand = (childFolder: string): Command =>
  command('serve', 'the workbench for a browser on this machine')
    .option('--port <p>', 'port; 0 takes a free one', integer('--port'), 8737)
    .option('--host <h>', 'loopback address', '127.0.0.1')
    .action((options: ServeOptions) =>
      perform(options, childFolder, async ({ output }) => {
        const ended = asked()
        const app = await openWorkbench({ data: options.data, launch: launchNodeChild(childFolder), host: 'served' })
        try {
          const { port, host } = options
          const rendererFolder = join(childFolder, '../renderer')
          const { workbench, log } = app
          const served = await serveWorkbench({ workbench, port, host, rendererFolder, log })
          output.result(
            { url: served.url, port: served.port, pid: process.pid },
            `The workbench: ${served.url}\nCtrl-C stops it.`,
          )
          await ended
          await served.close()
        } finally {
          await app.close()
        }
      }),
    )
