const lookMilliseconds = 500

/**
 * Ends this process as SIGTERM does when the shell that npm started it by is gone: npm hands a signal to that shell, and
 * the shell dies of it without a word to what it started.
 */
export function stopWithNpm(): void {
  const { ppid } = process
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return
  const timer = setInterval(() => {
    if (process.ppid === ppid) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, lookMilliseconds)
  timer.unref()
}
