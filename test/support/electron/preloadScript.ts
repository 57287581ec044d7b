/**
 * The built preload as a script for a page, with what a sandboxed preload may require in place. Values that cross the
 * context bridge are copied, as Electron copies them.
 */
export const preloadScript = (built: string): string => `
(() => {
  const listeners = new Map()
  const copy = (value) =>
    typeof value === 'function' ? (...args) => value(...args.map(copy)) : value instanceof File ? value : structuredClone(value)
  const wrap = (api) =>
    Object.fromEntries(
      Object.entries(api).map(([name, value]) => [name, typeof value === 'function' ? (...args) => copy(value(...args.map(copy))) : copy(value)]),
    )
  window.electronDouble = {
    paths: {},
    deliver: (channel, args) => listeners.get(channel)?.forEach((listener) => listener({}, ...args)),
  }
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(wrap(api)) }),
    },
    ipcRenderer: {
      send: (channel, ...args) => void window.electronDoubleSend(channel, structuredClone(args)),
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
    webUtils: { getPathForFile: (file) => window.electronDouble.paths[file.name] ?? '' },
  }
  const require = (name) => {
    if (name === 'electron') return electron
    throw new Error('a sandboxed preload cannot require ' + name)
  }
  const exports = {}
  const module = { exports }
  ;(function (require, exports, module) {
${built}
  })(require, exports, module)
})()
`
