import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { lookAtProcess } from '../../../src/main/children/life'

it.runIf(process.platform === 'linux')('Linux tells whether a process computes and whether it is stopped', async () => {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
  const pid = child.pid!
  try {
    await expect.poll(async () => (await lookAtProcess(pid))?.seconds ?? 0).toBeGreaterThan(0.1)
    child.kill('SIGSTOP')
    await expect.poll(async () => (await lookAtProcess(pid))?.stopped).toBe(true)
  } finally {
    child.kill('SIGKILL')
  }
  await expect.poll(() => lookAtProcess(pid)).toBeNull()
})
