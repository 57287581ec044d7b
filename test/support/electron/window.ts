import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page, Route } from '@playwright/test'
import type { BrowserWindowConstructorOptions, WebContents } from 'electron'
import type { ElectronDouble } from './double'
import { Emitter } from './emitter'
import { preloadScript } from './preloadScript'

export interface DoubleContext {
  browser: Browser
}

/**
 * Chromium proper does not load `app://`, so the page lives at a name of this machine that counts as secure; the main
 * process sees the app's own scheme.
 */
const inBrowser = 'http://workbench.localhost'
const inElectron = 'app://workbench'
const toBrowser = (url: string): string => url.replace(inElectron, inBrowser)
const toElectron = (url: string): string => url.replace(inBrowser, inElectron)

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

/** A window's contents over a page of a real browser. */
export class ContentsDouble extends Emitter {
  readonly ipc = new Emitter()
  readonly mainFrame = { parent: null, url: 'about:blank' }
  openHandler: OpenHandler | null = null
  page: Page | null = null

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }

  isDestroyed(): boolean {
    return this.page === null || this.page.isClosed()
  }

  send(channel: string, ...args: unknown[]): void {
    // A page that is being left takes no more messages, as in Electron.
    void this.page
      ?.evaluate(([to, values]) => window.electronDouble.deliver(to, values), [channel, args] as const)
      .catch(() => undefined)
  }
}

declare global {
  interface Window {
    electronDouble: { deliver(channel: string, args: unknown[]): void; paths: Record<string, string> }
  }
}

export class WindowDouble extends Emitter {
  readonly #contents = new ContentsDouble()
  get webContents(): ContentsDouble {
    return this.#contents
  }

  shown = false
  /** Resolves when the page behind a closed window is gone. */
  gone: Promise<void> = Promise.resolve()
  #context: BrowserContext | null = null
  #closed = false

  constructor(
    readonly options: BrowserWindowConstructorOptions,
    private readonly double: DoubleContext,
    private readonly electron: ElectronDouble,
  ) {
    super()
    electron.asked.windows.push(this)
    electron.emit('web-contents-created', {}, this.#contents)
  }

  /** The page behind the window. */
  get page(): Page {
    if (this.#contents.page === null) throw new Error('no page was loaded')
    return this.#contents.page
  }

  show(): void {
    this.shown = true
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#open()
    await page.goto(toBrowser(url))
    this.emit('ready-to-show')
  }

  /** The user closes the window. */
  close(): void {
    if (!this.closeByQuit()) return
    if (this.electron.asked.windows.every((window) => window.#closed)) this.electron.emit('window-all-closed')
  }

  /** @returns whether it closed */
  closeByQuit(): boolean {
    if (this.#closed) return true
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (prevented) return false
    this.#closed = true
    this.gone = (this.#context?.close() ?? Promise.resolve()).then(() => void this.#contents.emit('destroyed'))
    return true
  }

  async #open(): Promise<Page> {
    const { preload } = this.options.webPreferences ?? {}
    this.#context = await this.double.browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await this.#context.newPage()
    this.#contents.page = page
    await page.exposeBinding('electronDoubleSend', ({ frame }, channel: string, args: unknown[]) => {
      const main = frame === page.mainFrame()
      const senderFrame = main ? this.#contents.mainFrame : { parent: this.#contents.mainFrame, url: frame.url() }
      this.#contents.ipc.emit(channel, { sender: this.#contents, senderFrame }, ...args)
    })
    if (preload !== undefined) await page.addInitScript(preloadScript(await readFile(preload, 'utf8')))
    await page.route('**/*', (route) =>
      this.#serve(page, route).catch((error: unknown) => {
        if (!this.#closed) throw error
      }),
    )
    page.on('popup', (popup) => this.#decidePopup(popup))
    return page
  }

  async #serve(page: Page, route: Route): Promise<void> {
    const request = route.request()
    const url = toElectron(request.url())
    if (request.isNavigationRequest() && !this.#mayNavigate(url, request.frame() === page.mainFrame())) {
      // No content: the browser stays where it is, as Electron's window does.
      return route.fulfill({ status: 204 })
    }
    const handler = this.electron.asked.handlers.get(new URL(url).protocol.replace(':', ''))
    if (handler === undefined) return route.abort('failed')
    const response = await handler(new Request(url, { method: request.method() }))
    const headers = Object.fromEntries(response.headers)
    await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) })
  }

  /** Asks the policy about what the page wants; the first load is the main process's own and is not asked about. */
  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    const { mainFrame } = this.#contents
    const own = mainFrame.url === 'about:blank' || url === mainFrame.url
    let prevented = false
    const event = { url, isMainFrame, isSameDocument: false, preventDefault: () => (prevented = true) }
    if (!own) {
      this.#contents.emit('will-frame-navigate', event)
      if (isMainFrame) this.#contents.emit('will-navigate', event)
    }
    if (prevented) return false
    this.#contents.emit('did-start-navigation', event)
    if (isMainFrame) mainFrame.url = url
    return true
  }

  #decidePopup(popup: Page): void {
    const details = { url: popup.url() } as Parameters<OpenHandler>[0]
    if (this.#contents.openHandler?.(details).action !== 'allow') void popup.close()
  }
}
