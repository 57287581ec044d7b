import { describe, expect, it } from 'vitest'
import { startPeer } from '../../../src/main/bench/peer'

/** A peer in JavaScript, so that the conversation is tested where Python is missing. */
const script = (loss: string) => `
  const { createInterface } = require('node:readline')
  console.log(JSON.stringify({ peer: 'a peer 1.0' }))
  createInterface(process.stdin).on('line', (line) => console.log('{"milliseconds":' + 2 * line + ',"loss":${loss}}'))
`

describe('a peer of the benchmark', () => {
  it('names itself and tells what its steps took', async () => {
    const peer = await startPeer(process.execPath, ['-e', script('1')])
    expect(peer.name).toBe('a peer 1.0')
    expect([await peer.run(3), await peer.run(5)]).toEqual([6, 10])
    peer.close()
  })

  it('that is not installed is an error with its complaint', async () => {
    await expect(startPeer('no-such-program', [])).rejects.toThrow('no-such-program: spawn no-such-program ENOENT')
    const complaining = ['-e', 'console.error("Trace\\nModuleNotFoundError: No module named torch"); process.exit(1)']
    await expect(startPeer(process.execPath, complaining)).rejects.toThrow('ModuleNotFoundError: No module named torch')
  })

  it('that diverges or ends in the middle is no measurement', async () => {
    const diverging = await startPeer(process.execPath, ['-e', script('NaN')])
    await expect(diverging.run(1)).rejects.toThrow('answered {"milliseconds":2,"loss":NaN}')
    diverging.close()
    const ending = await startPeer(process.execPath, [
      '-e',
      `console.log('{"peer":"short"}'); process.stdin.once('data', () => process.exit(7))`,
    ])
    await expect(ending.run(1)).rejects.toThrow('exit code 7')
  })
})
