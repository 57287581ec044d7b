import { BrowserWindow, nativeTheme } from 'electron'

/** The page's own grounds, so that nothing flashes before it is drawn. */
const ground = { light: '#F6F7F9', dark: '#14171C' }

/**
 * The workbench's window, without a page yet; shown when its page is drawn.
 * @param preload the built preload
 */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'GAE Workbench',
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}
