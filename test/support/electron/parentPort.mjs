// @ts-check
// What Electron puts into a utility process: `process.parentPort`, and no `process.send`.
const send = /** @type {(message: unknown) => boolean} */ (process.send?.bind(process))
Object.assign(process, {
  parentPort: {
    /** @param {unknown} message */
    postMessage: (message) => send(message),
    /**
     * @param {'message'} event
     * @param {(event: { data: unknown }) => void} listener
     */
    on: (event, listener) => process.on(event, (data) => listener({ data })),
  },
  send: undefined,
})
process.on('disconnect', () => process.exit(0))
