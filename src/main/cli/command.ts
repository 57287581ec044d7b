import { Command } from 'commander'
import { WorkbenchError } from '../../shared/errors'
import { Output } from './output'
import type { App } from '../app'

export interface CommonOptions {
  data?: string
  json?: boolean
}

/**
 * Opens the workbench. All of it is loaded here, not above: a help text or a refused argument needs none of it.
 * @param childFolder where the built trainer and analyst lie
 */
async function openApp(data: string | undefined, childFolder: string): Promise<App> {
  const [{ createApp }, { launchNodeChild }] = await Promise.all([import('../app'), import('../children/nodeChild')])
  return createApp({ data, launch: launchNodeChild(childFolder), host: 'cli' })
}

/** What every command gets: where to write, and how to open the workbench's data. */
export interface CommandContext {
  output: Output
  /** Opened at first use, closed when the command ends. */
  app(): Promise<App>
}

/** A command that takes `--data DIR` and `--json`, as all do. */
export const command = (nameAndArguments: string, description: string): Command =>
  new Command(nameAndArguments)
    .description(description)
    .option('--data <dir>', 'data folder (or GAE_WORKBENCH_HOME)')
    .option('--json', 'one JSON document on stdout')

/** A noun whose verbs are commands. It takes no options: it would take those of its verbs away. */
export const group = (name: string, description: string): Command => new Command(name).description(description)

/**
 * Runs a command's work, shows its error once, sets the exit code, and closes what it opened.
 * @param childFolder where the built trainer and analyst lie
 */
export async function perform(
  options: CommonOptions,
  childFolder: string,
  work: (context: CommandContext) => Promise<number | void>,
): Promise<void> {
  const output = new Output(options.json ?? false)
  let app: Promise<App> | null = null
  const context: CommandContext = {
    output,
    app: () => (app ??= openApp(options.data, childFolder)),
  }
  try {
    process.exitCode = (await work(context)) ?? 0
  } catch (error) {
    process.exitCode = output.error(error)
  } finally {
    await (await (app as Promise<App> | null)?.catch(() => null))?.close()
  }
}

/** `--prepared` without arrays that it could be said of. */
export const preparedAlone = (): WorkbenchError =>
  new WorkbenchError('USAGE', '--prepared says of --arrays that they are as the model sees them', {
    remedy: 'Leave it out: images go through the preprocess of the run.',
  })

/** Parses a whole number option. */
export const integer =
  (name: string) =>
  (text: string): number => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
      throw new WorkbenchError('USAGE', `${name} takes a whole number, not "${text}"`, {
        remedy: 'See --help of the command.',
      })
    }
    return value
  }

/** Parses a number option; its range is the schema's to judge. */
export const number =
  (name: string) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value)) {
      throw new WorkbenchError('USAGE', `${name} takes a number, not "${text}"`, {
        remedy: 'See --help of the command.',
      })
    }
    return value
  }

/** Parses a fraction option, 0 to 0.9. */
export const fraction =
  (name: string) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= 0 && value <= 0.9)) {
      throw new WorkbenchError('USAGE', `${name} takes a number from 0 to 0.9, not "${text}"`, {
        remedy: 'See --help of the command.',
      })
    }
    return value
  }
