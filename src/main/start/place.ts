/** What decides where the workbench opens. */
export interface Facts {
  /** `--desktop` or `--browser`. */
  forced: 'desktop' | 'browser' | null
  platform: string
  /** null on Windows. */
  uid: number | null
  /** DISPLAY or WAYLAND_DISPLAY is set. */
  display: boolean
  /** The kernel lets AppArmor deny user namespaces, on which Chromium's sandbox stands. */
  namespacesRestricted: boolean
  /** `chrome-sandbox`, the other leg of the sandbox, belongs to root and has mode 4755. */
  sandboxHelper: boolean
}

export type Place = 'desktop' | 'browser-asked' | 'no-display' | 'root' | 'no-sandbox'

/** Where the workbench opens, and if not in its own window, why not. Electron is never started without its sandbox. */
export function choosePlace(facts: Facts): Place {
  if (facts.forced === 'desktop') return 'desktop'
  if (facts.forced === 'browser') return 'browser-asked'
  if (facts.platform !== 'linux') return 'desktop'
  if (!facts.display) return 'no-display'
  if (facts.uid === 0) return 'root'
  if (facts.namespacesRestricted && !facts.sandboxHelper) return 'no-sandbox'
  return 'desktop'
}

/** The line that says why there is no window; null where there is one or none was asked for. */
export function placeLine(place: Place, sandboxPath: string): string | null {
  switch (place) {
    case 'desktop':
    case 'browser-asked':
      return null
    case 'no-display':
      return 'No display (DISPLAY and WAYLAND_DISPLAY are not set), so the workbench opens for a browser.'
    case 'root':
      return 'Electron does not run as root with its sandbox, so the workbench opens for a browser.'
    case 'no-sandbox':
      return (
        "This system keeps Electron's sandbox from working, so the workbench opens for a browser. To mend it: " +
        `sudo chown root:root "${sandboxPath}" && sudo chmod 4755 "${sandboxPath}"`
      )
  }
}

export interface BrowserFacts {
  platform: string
  uid: number | null
  display: boolean
  /** Continuous integration. */
  ci: boolean
}

/** Whether to open a browser, or only to print the address. */
export function opensBrowser({ platform, uid, display, ci }: BrowserFacts): boolean {
  if (ci || uid === 0) return false
  return platform !== 'linux' || display
}

/** How the desktop window's process ended: the user closed it, or it never stood. */
export type Ending = 'closed' | 'crashed-at-start'

const startSeconds = 5

/** A signal in the first seconds is Electron's own abort (no sandbox, no graphics), not the user's doing. */
export const endingOf = (signal: string | null, seconds: number, interrupted: boolean): Ending =>
  signal !== null && !interrupted && seconds < startSeconds ? 'crashed-at-start' : 'closed'
