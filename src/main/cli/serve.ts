import { join } from 'node:path'
import type { Command } from 'commander'
import { launchNodeChild } from '../children/nodeChild'
import { requireLoopback, requirePort } from '../served/loopback'
import { command, integer, perform, type CommonOptions } from './command'
import { untilStopped } from './interrupt'

interface ServeOptions extends CommonOptions {
  port: number
  host: string
}

export const serveCommand = (childFolder: string): Command =>
  command('serve', 'the workbench for a browser on this machine')
    .option('--port <p>', 'port; 0 takes a free one', integer('--port'), 8737)
    .option('--host <h>', 'loopback address', '127.0.0.1')
    .action((options: ServeOptions) =>
      perform(options, childFolder, ({ output }) =>
        untilStopped(async (stopped, opened) => {
          requireLoopback(options.host)
          requirePort(options.port)
          const [{ openWorkbench }, { serveWorkbench }] = await Promise.all([
            import('../openWorkbench'),
            import('../served/serve'),
          ])
          const app = await openWorkbench({ data: options.data, launch: launchNodeChild(childFolder), host: 'served' })
          opened()
          try {
            const { port, host } = options
            const rendererFolder = join(childFolder, '../renderer')
            const { workbench, log } = app
            const served = await serveWorkbench({ workbench, port, host, rendererFolder, log })
            output.result(
              { url: served.url, port: served.port, pid: process.pid },
              `The workbench: ${served.url}\nCtrl-C stops it.`,
            )
            await stopped
            await served.close()
          } finally {
            await app.close()
          }
        }),
      ),
    )
