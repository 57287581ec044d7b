import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = join(import.meta.dirname, '../../../scripts/importReport.mjs')
const layer = { name: 'compute-imports-downwards', comment: 'src/main/compute may import compute, src/shared.' }
const circle = { name: 'no-cycles', comment: 'Files that import one another in a circle have no order.' }

/** What the script tells of a result of dependency-cruiser. */
function report(violations: unknown[]) {
  const summary = { violations, ruleSetUsed: { forbidden: [layer, circle] }, totalCruised: 7 }
  const { status, stdout } = spawnSync(process.execPath, [script], { input: JSON.stringify({ summary }) })
  return { status, text: stdout.toString() }
}

test('without a fault each layer is told with what it may import', () => {
  expect(report([])).toEqual({
    status: 0,
    text: expect.stringMatching(/^7 modules, .*:\n {2}src\/main\/compute +compute, src\/shared\n$/),
  })
})

test('a broken rule comes first, with what the layer may import; of the circles that it closes come a few', () => {
  const circles = Array.from({ length: 20 }, (_, index) => ({
    rule: { name: circle.name },
    from: `a${index}.ts`,
    to: 'b.ts',
    cycle: [{ name: 'b.ts' }, { name: `a${index}.ts` }],
  }))
  const upwards = { rule: { name: layer.name }, from: 'src/main/compute/shapes.ts', to: 'src/main/app.ts' }
  const { status, text } = report([...circles, upwards])
  expect(status).toBe(1)
  expect(text.split('\n').slice(0, 3)).toEqual([
    'src/main/compute/shapes.ts',
    '    -> src/main/app.ts',
    `  ${layer.name}: ${layer.comment}`,
  ])
  expect(text.match(/no-cycles/g)).toHaveLength(3)
  expect(text).toMatch(/\n21 imports break a rule, 17 circles not shown\n$/)
})
