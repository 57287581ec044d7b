import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelKinds } from '../../../src/main/models/kinds/registry'
import { kindNames, kindOf, kindsFor } from '../../../src/shared/kinds'

/** Where a kind may be named: its own files, what is chosen of kinds, and what was stored of them. */
const homes = /^src\/(shared\/(kinds|presets)|main\/(models\/kinds|bench|store\/migrations))\//

describe('a model kind', () => {
  it('is named by no file but its own, and by presets, benchmarks and migrations', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((file) => join('src', file))
      .filter((file) => /\.(ts|vue)$/.test(file) && !homes.test(file))
    expect(files.length).toBeGreaterThan(400)
    const name = new RegExp(`['"\`](${kindNames.join('|')})['"\`]`)
    expect(files.filter((file) => name.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  it.each(kindNames)('%s: what is shared of it and what computes with it agree', (name) => {
    const [shared, record] = [kindOf(name), modelKinds[name]]
    expect(Object.keys(record.energies).sort()).toEqual([...shared.energies].sort())
    expect(shared.energies).toContain(record.heldEnergy)
    expect(record.transformed !== null).toBe(shared.images === 'pairs')
  })

  it('is listed by what it learns from', () => {
    expect([kindsFor('one'), kindsFor('pairs')]).toEqual(['ae, cae or mcae', 'gae'])
  })
})
