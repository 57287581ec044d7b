import { afterAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attempt, checkSamples, readerNames } from '../../fuzz/attempt'

const folder = mkdtempSync(join(tmpdir(), 'gae-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A taste of `npm run fuzz`, with the same files at every run. */
const seed = 20
const inputs = 60

describe('files changed at random', () => {
  it.each(readerNames)('%s: each is imported whole, or refused in words and nothing is left', async (reader) => {
    await checkSamples(reader, folder)
    const answers = new Set<string>()
    for (let number = 0; number < inputs; number++) {
      const { answer, fault } = await attempt(reader, seed, number, folder)
      expect(fault, `input ${number}`).toBeNull()
      answers.add(answer)
    }
    expect(answers.size).toBeGreaterThan(2)
  })
})
