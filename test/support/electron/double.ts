import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Menu,
  MenuItemConstructorOptions,
  NativeTheme,
  Protocol,
  Session,
  UtilityProcess,
  WebContents,
  WebFrameMain,
} from 'electron'
import { Emitter } from './emitter'
import { forkUtility } from './utilityProcess'
import { WindowDouble, type DoubleContext } from './window'

/** As much of a window as the rim uses; each part as Electron's own declarations have it. */
export type WindowPart = Pick<BrowserWindow, 'on' | 'once' | 'show' | 'loadURL'> & {
  webContents: Pick<WebContents, 'on' | 'once' | 'send' | 'isDestroyed' | 'setWindowOpenHandler'> & {
    ipc: Pick<IpcMain, 'on'>
    mainFrame: Pick<WebFrameMain, 'url' | 'parent'>
  }
}

/** As much of Electron's main process as the rim uses. */
interface Rim {
  app: Pick<App, 'on' | 'whenReady' | 'quit' | 'exit' | 'isPackaged'>
  protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>
  session: {
    defaultSession: Pick<
      Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
    >
  }
  dialog: Pick<Dialog, 'showErrorBox'> & {
    showMessageBox: (
      window: BrowserWindow,
      options: Electron.MessageBoxOptions,
    ) => Promise<Electron.MessageBoxReturnValue>
  }
  nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>
  Menu: {
    setApplicationMenu(menu: Menu | null): void
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu
  }
  utilityProcess: {
    fork: (
      ...args: Parameters<typeof Electron.UtilityProcess.fork>
    ) => Pick<UtilityProcess, 'pid' | 'stderr' | 'on' | 'once' | 'postMessage' | 'kill'>
  }
  BrowserWindow: new (options?: BrowserWindowConstructorOptions) => WindowPart
}

type ProtocolHandler = Parameters<Protocol['handle']>[1]

/** What the main process asked of Electron, for tests to look at. */
export interface Asked {
  schemes: Electron.CustomScheme[]
  handlers: Map<string, ProtocolHandler>
  windows: WindowDouble[]
  errors: string[]
  questions: Electron.MessageBoxOptions[]
  menu: MenuItemConstructorOptions[]
  children: number[]
  permissionRequest: Parameters<Session['setPermissionRequestHandler']>[0]
  permissionCheck: Parameters<Session['setPermissionCheckHandler']>[0]
  devicePermission: Parameters<Session['setDevicePermissionHandler']>[0]
  exitCode: number | null
}

/**
 * A double of Electron's main process with a real page behind each window: enough to run the built main process. Its
 * order of events is Electron's: nothing before `ready` but schemes; quitting asks, closes windows, then ends.
 */
export class ElectronDouble extends Emitter {
  readonly asked: Asked = {
    schemes: [],
    handlers: new Map(),
    windows: [],
    errors: [],
    questions: [],
    menu: [],
    children: [],
    permissionRequest: null,
    permissionCheck: null,
    devicePermission: null,
    exitCode: null,
  }
  /** Which button the user presses in the next question. */
  nextAnswer = 0
  #ready = false

  #resolveReady = (): void => undefined
  readonly #whenReady = new Promise<void>((resolve) => (this.#resolveReady = resolve))

  constructor(private readonly context: DoubleContext) {
    super()
  }

  readonly #onlyReady = (what: string): void => {
    if (!this.#ready) throw new Error(`${what} before the app is ready`)
  }

  /** Electron is ready only after the main module has run to its end: one that waits for it at its top hangs. */
  becomeReady(): void {
    this.#ready = true
    this.#resolveReady()
  }

  quit(): void {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => (prevented = true) })
    if (prevented) return
    if (this.asked.windows.every((window) => window.closeByQuit())) this.end(0)
  }

  end(code: number): void {
    if (this.asked.exitCode !== null) return
    this.asked.exitCode = code
    this.emit('quit', {}, code)
  }

  /** What `import ... from 'electron'` gives. */
  module(): Rim {
    const { asked, context } = this
    const onlyReady = this.#onlyReady
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the window class below has a `this` of its own
    const electron = this
    return {
      app: {
        on: this.on,
        whenReady: () => this.#whenReady,
        quit: () => this.quit(),
        exit: (code = 0) => this.end(code),
        isPackaged: false,
      },
      protocol: {
        registerSchemesAsPrivileged: (schemes) => {
          if (this.#ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
          asked.schemes.push(...schemes)
        },
        handle: (scheme, handler) => {
          onlyReady('protocol.handle')
          if (!asked.schemes.some((one) => one.scheme === scheme)) throw new Error(`${scheme} is not registered`)
          asked.handlers.set(scheme, handler)
        },
      },
      session: {
        get defaultSession() {
          onlyReady('session.defaultSession')
          return {
            setPermissionRequestHandler: (handler: Asked['permissionRequest']) => (asked.permissionRequest = handler),
            setPermissionCheckHandler: (handler: Asked['permissionCheck']) => (asked.permissionCheck = handler),
            setDevicePermissionHandler: (handler: Asked['devicePermission']) => (asked.devicePermission = handler),
          }
        },
      },
      dialog: {
        showErrorBox: (title, content) => asked.errors.push(`${title}: ${content}`),
        showMessageBox: (_window, options) => {
          asked.questions.push(options)
          return Promise.resolve({ response: this.nextAnswer, checkboxChecked: false })
        },
      },
      nativeTheme: { shouldUseDarkColors: false },
      Menu: {
        setApplicationMenu: () => undefined,
        buildFromTemplate: (template) => {
          asked.menu = template
          return {} as Menu
        },
      },
      utilityProcess: {
        fork: (modulePath, args, options) => {
          onlyReady('utilityProcess.fork')
          const child = forkUtility(modulePath, args, options)
          asked.children.push(child.pid ?? 0)
          return child
        },
      },
      BrowserWindow: class extends WindowDouble {
        constructor(options?: BrowserWindowConstructorOptions) {
          onlyReady('new BrowserWindow')
          super(options ?? {}, context, electron)
        }
      },
    } satisfies Rim
  }
}
