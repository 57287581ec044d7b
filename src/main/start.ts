import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { WorkbenchError } from '../shared/errors'
import { createApp, type App } from './app'
import { launchNodeChild } from './children/nodeChild'
import { Output } from './cli/output'
import { untilStopped } from './cli/interrupt'
import { guardStreams } from './cli/streams'
import { carryOut } from './cli/train'
import { openWorkbench } from './openWorkbench'
import { serveWorkbench } from './served/serve'
import { resolveDataFolder } from './store/dataFolder'
import { runDesktop } from './start/desktop'
import { gatherFacts } from './start/facts'
import { openAddress } from './start/openAddress'
import { stopWithNpm } from './start/npmParent'
import { choosePlace, opensBrowser, placeLine } from './start/place'
import { electronFolder, Runtime } from './start/runtime'

/** The built programs lie here, beside the page's folder and two below the package. */
const folder = import.meta.dirname
const root = join(folder, '../..')

const usage = 'npm start -- [--desktop | --browser] [--quick [--exit]] [--data DIR] [--port P]'

const output = new Output(false)
guardStreams(output)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

interface Options {
  forced: 'desktop' | 'browser' | null
  quick: boolean
  exit: boolean
  data: string | undefined
  port: number
}

function readOptions(): Options {
  const flag = { type: 'boolean', default: false } as const
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      options: { desktop: flag, browser: flag, quick: flag, exit: flag, data: text, port: { ...text, default: '0' } },
    })
    const port = Number(values.port)
    if (values.desktop && values.browser) throw new Error('--desktop and --browser exclude each other')
    if (values.exit && !values.quick) throw new Error('--exit goes with --quick')
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes 0 to 65535')
    const forced = values.desktop ? 'desktop' : values.browser ? 'browser' : null
    return { forced, quick: values.quick, exit: values.exit, data: values.data, port }
  } catch (cause) {
    throw new WorkbenchError('USAGE', (cause as Error).message, { remedy: usage, cause })
  }
}

/** The main job in the terminal: makes the data, trains, evaluates, prints the result. @returns the exit code */
async function quickJob(app: App): Promise<number> {
  const run = await app.runs.createHeld({ preset: 'quick', spec: undefined })
  return carryOut({ output, app: () => Promise.resolve(app) }, run.id)
}

async function quickAlone(data: string | undefined): Promise<number> {
  const app = await createApp({ data, launch: launchNodeChild(folder), host: 'cli' })
  return quickJob(app).finally(() => app.close())
}

type Job = (app: App) => Promise<number>

/** A damaged database is told here and mended on Home; the job waits for another start. @returns the exit code */
async function inTerminal(whole: App | WorkbenchError, job: Job | null): Promise<number> {
  if (!(whole instanceof WorkbenchError)) return (await job?.(whole)) ?? 0
  const code = output.error(whole)
  return job === null ? 0 : code
}

/** @param job what to do in the terminal meanwhile */
const inBrowser = ({ data, port }: Options, opens: boolean, job: Job | null): Promise<number> =>
  untilStopped(async (stopped, opened) => {
    const { workbench, log, whole, close } = await openWorkbench({
      data,
      launch: launchNodeChild(folder),
      host: 'served',
    })
    opened()
    try {
      const rendererFolder = join(folder, '../renderer')
      const served = await serveWorkbench({ workbench, port, host: '127.0.0.1', rendererFolder, log })
      const address = `The workbench: ${served.url}\nCtrl-C stops it.`
      const closeOpener = opens ? await openAddress(served.url, resolveDataFolder(data)) : null
      say(address)
      const code = await inTerminal(whole, job)
      if (job !== null) say(address)
      // A Ctrl-C during the job stopped the job, and with it this.
      if (code !== 130) await stopped
      await served.close()
      await closeOpener?.()
      return code
    } finally {
      await close()
    }
  })

/** The desktop's program, fetched where it is missing. @throws WorkbenchError where the desktop was asked for by name */
async function desktopProgram(runtime: Runtime, forced: boolean): Promise<string | null> {
  if (runtime.program !== null) return runtime.program
  say("Fetching Electron's runtime (about 110 MB) ...")
  let told = 0
  const fetched = await runtime.fetch((share) => {
    if (share < told + 0.1) return
    told = Math.floor(share * 10) / 10
    say(`  ${Math.round(told * 100)} %`)
  })
  if ('program' in fetched) return fetched.program
  const message = `Electron's runtime could not be fetched (${fetched.refused})`
  if (forced) {
    throw new WorkbenchError('NO_RUNTIME', message, {
      remedy: 'Run npx install-electron, or start --browser.',
      exit: 1,
    })
  }
  say(`${message}, so the workbench opens for a browser. "npx install-electron" fetches it.`)
  return null
}

/** The window until it is closed, or a browser where it never stood. */
async function inWindow(program: string, options: Options, opens: boolean): Promise<number> {
  const job = options.quick ? quickAlone(options.data) : null
  // What it threw is told after the window's end.
  job?.catch(() => undefined)
  const { ending, code, signal } = await runDesktop(program, root, options.data)
  if (ending === 'crashed-at-start') {
    say(`Electron ended by ${signal} at its start, so the workbench opens for a browser.`)
    return inBrowser(options, opens, job === null ? null : () => job)
  }
  const jobCode = (await job) ?? 0
  return code === 0 ? jobCode : code
}

async function start(): Promise<number> {
  stopWithNpm()
  const options = readOptions()
  if (options.exit) return quickAlone(options.data)
  const runtime = new Runtime(electronFolder())
  const facts = await gatherFacts(options.forced, runtime.sandboxPath)
  const place = choosePlace(facts)
  const line = placeLine(place, runtime.sandboxPath)
  if (line !== null) say(line)
  const opens = opensBrowser(facts)
  const program = place === 'desktop' ? await desktopProgram(runtime, options.forced === 'desktop') : null
  if (program !== null) return inWindow(program, options, opens)
  return inBrowser(options, opens, options.quick ? quickJob : null)
}

start().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.exitCode = output.error(error)
  },
)
