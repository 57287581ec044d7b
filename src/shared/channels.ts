/** The one channel between the page and the main process, in both directions. */
export const pipeChannel = 'workbench:pipe'
/** The preload, which alone can send here, tells of a file that the user handed over. */
export const grantChannel = 'workbench:grant'
