// @ts-check
// npm run check: every `check:NAME` of package.json at once. A check that holds gets a line, one that fails all that it
// said, after the others.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const root = join(import.meta.dirname, '..')
/** @type {{ scripts: Record<string, string> }} */
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * @param {string} name
 * @param {string} command
 */
async function check(name, command) {
  const began = performance.now()
  // npm has put node_modules/.bin into PATH.
  const child = spawn(`${command} 2>&1`, { cwd: root, shell: true, stdio: ['ignore', 'pipe', 'inherit'] })
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [said, code] = await Promise.all([text(child.stdout), ended])
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${seconds.padStart(5)} s`)
  return { name, said, failed: code !== 0 }
}

const checks = Object.entries(scripts).flatMap(([name, command]) =>
  name.startsWith('check:') ? [check(name.slice('check:'.length), command)] : [],
)
const failures = (await Promise.all(checks)).filter(({ failed }) => failed)
for (const { name, said } of failures) console.log(`\n== check:${name}\n${said.trim()}`)
process.exitCode = failures.length === 0 ? 0 : 1
