#!/usr/bin/env node
/** What keeps the program from being read, before it can say so itself. */
const words = {
  EMFILE: 'This process has as many files open as it may. Raise the limit (ulimit -n 4096) and start again.',
  ENFILE: 'The system has as many files open as it may. End programs that hold many files, and try again.',
  ERR_MODULE_NOT_FOUND: 'A part of the program is missing. Run npm ci, which installs and builds it.',
}

try {
  await import('../out/main/cli.js')
} catch (error) {
  const text = words[error?.code]
  if (text === undefined) throw error
  process.stderr.write(`${text} [${error.code}]\n`)
  process.exitCode = 1
}
