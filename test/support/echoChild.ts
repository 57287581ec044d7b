import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformWithOxc } from 'vite'

const program = `
import { openPort } from './port.js'
const port = openPort()
port.onMessage((message) => {
  if (message === 'crash') process.abort()
  if (message === 'leave') process.exit(7)
  if (message === 'complain') return process.stderr.write('no memory\\n', () => process.exit(1))
  if (message === 'hang') for (;;);
  port.send(message)
})
port.send('ready')
`

/** A folder with a child program that answers with what it gets, over the product's own port. */
export async function echoChildFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gae-child-'))
  const path = join(import.meta.dirname, '../../src/main/children/port.ts')
  const { code } = await transformWithOxc(await readFile(path, 'utf8'), path)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'port.js'), code)
  await writeFile(join(folder, 'trainer.js'), program)
  return folder
}
