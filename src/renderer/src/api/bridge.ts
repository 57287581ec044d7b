import type { Bridge } from '../../../shared/ipc'

declare global {
  interface Window {
    /** Put there by the preload; absent in a browser. */
    readonly workbenchBridge?: Bridge
  }
}

export const bridge = (): Bridge | undefined => window.workbenchBridge
