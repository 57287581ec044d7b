import { CommanderError, Command } from 'commander'
import { version } from '../../package.json'
import { WorkbenchError } from '../shared/errors'
import { benchCommand } from './cli/bench'
import { datasetsCommand } from './cli/datasets'
import { devicesCommand } from './cli/devices'
import { applyCommand } from './cli/apply'
import { evaluateCommand } from './cli/evaluate'
import { fieldCommand } from './cli/field'
import { modelsCommand } from './cli/models'
import { Output } from './cli/output'
import { restoreBackupCommand } from './cli/restoreBackup'
import { queueCommand } from './cli/queue'
import { runsCommand } from './cli/runs'
import { scoreCommand } from './cli/score'
import { serveCommand } from './cli/serve'
import { guardStreams } from './cli/streams'
import { sweepCommand } from './cli/sweep'
import { resumeCommand, trainCommand } from './cli/train'

/** The built trainer and analyst lie beside this file. */
const childFolder = import.meta.dirname

function program(): Command {
  const all = new Command('gae-workbench')
    .description(
      'Train, score and look at gated auto-encoders. A RUN is an id, a unique prefix of one, or a unique name.',
    )
    .version(version)
  const commands = [
    datasetsCommand(childFolder),
    trainCommand(childFolder),
    resumeCommand(childFolder),
    evaluateCommand(childFolder),
    runsCommand(childFolder),
    sweepCommand(childFolder),
    queueCommand(childFolder),
    scoreCommand(childFolder),
    fieldCommand(childFolder),
    applyCommand(childFolder),
    modelsCommand(childFolder),
    devicesCommand(childFolder),
    restoreBackupCommand(childFolder),
    serveCommand(childFolder),
    benchCommand(childFolder),
  ]
  for (const one of commands) all.addCommand(one)
  const strict = (one: Command): void => {
    one.exitOverride().configureOutput({ outputError: () => undefined })
    one.commands.forEach(strict)
  }
  strict(all)
  return all
}

const output = new Output(process.argv.includes('--json'))
guardStreams(output)

try {
  await program().parseAsync()
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0
  else {
    const usage =
      error instanceof CommanderError
        ? new WorkbenchError('USAGE', error.message.replace(/^error: /, ''), {
            remedy: 'See gae-workbench --help.',
            cause: error,
          })
        : error
    process.exitCode = output.error(usage)
  }
}
