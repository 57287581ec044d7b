import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveDataFolder } from '../../../src/main/store/dataFolder'

describe('data folder', () => {
  it('is what the command line says, else the environment, else the platform folder of the app', () => {
    expect(resolveDataFolder('here', { GAE_WORKBENCH_HOME: '/there' })).toBe(resolve('here'))
    expect(resolveDataFolder(undefined, { GAE_WORKBENCH_HOME: '/there' })).toBe(resolve('/there'))
    expect(resolveDataFolder(undefined, { GAE_WORKBENCH_HOME: '' })).toMatch(/gae-workbench(?!-nodejs)/)
    expect(resolveDataFolder('~/data', {})).toBe(join(homedir(), 'data'))
  })
})
