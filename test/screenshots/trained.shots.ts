import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from '../e2e/support/workbench'
import { cli } from '../support/cli'
import { shoot } from './shoot'
import { enter } from '../e2e/support/enter'

/** Models that were trained for a moment, for what the sample model does not show. */
let workbench: ServedWorkbench
let page: Page
const runs: Record<string, string> = {}

async function train(data: string, name: string, ...args: string[]): Promise<void> {
  const { code, document, errors } = await cli('train', ...args, '--name', name, '--data', data)
  expect(code, errors.at(-1)).toBe(0)
  runs[name] = (document as { run: string }).run
}

test.beforeAll(async ({ browser }) => {
  const data = await temporaryFolder()
  await train(data, 'classifier', '--preset', 'quick', '--set', 'epochs=6')
  const own = ['--set', 'model.decoder=own', '--set', 'model.factors=100', '--set', 'epochs=12']
  await train(data, 'own decoder', '--preset', 'shifts-gae', ...own)
  // Its energy grows with the fourth power of the image, faster than ½|y|² falls.
  const spec = {
    model: { kind: 'cae', activation: 'linear', factors: 60, mappings: 20, factorStd: 0.1 },
    dataset: 'rectangles-1',
    epochs: 3,
    optimizer: { kind: 'adam', learningRate: 0.001 },
  }
  await writeFile(join(data, 'linear.json'), JSON.stringify(spec))
  await train(data, 'without a maximum', join(data, 'linear.json'))
  workbench = await startWorkbench(data)
  page = await browser.newPage()
  // Exchanges the token for the cookie: a link that is opened while the first page starts would be lost.
  await enter(page.context(), workbench.url)
})

test.afterAll(async () => {
  await page.close()
  await workbench.stop()
  await removeFolder(workbench.data)
})

/** Opens a screen, and takes the first image that it offers. */
async function open(link: string): Promise<void> {
  await page.goto(`${new URL(workbench.url).origin}/${link}`)
  await page.getByRole('region', { name: 'Sample images', exact: true }).getByRole('button').first().click()
}
const field = () => page.getByRole('img', { name: 'Vector field', exact: true })
const integrability = () => page.getByRole('table', { name: 'Integrability', exact: true })

test('a decoder of its own: no energy, and no force field', async () => {
  await open(`#/pairs?runs=${runs['own decoder']}`)
  await expect(page.getByText('[NO_ENERGY]')).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'own-decoder-pair')

  await open(`#/dynamics?run=${runs['own decoder']}`)
  await expect(field()).toBeVisible({ timeout: 60_000 })
  await expect(integrability().locator('[data-verdict="fail"]').first()).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'own-decoder-dynamics')
})

test('a classifier: Figure 2 (a), and filters of one image', async () => {
  await open(`#/dynamics?run=${runs.classifier}&preset=2a`)
  await expect(field()).toBeVisible({ timeout: 60_000 })
  await expect(integrability()).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'figure-2a')
  await shoot(page, 'figure-2a-film', { at: page.getByRole('region', { name: 'Film', exact: true }) })

  await page.goto(`${new URL(workbench.url).origin}/#/transformations?run=${runs.classifier}`)
  await expect(page.getByText('Only a gated auto-encoder infers a transformation')).toBeVisible()
  const pooled = page.getByRole('figure', { name: 'votes for', exact: true })
  await expect(pooled).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'classifier-transformations')
  await shoot(page, 'classifier-transformations-end', { at: pooled })
})

test('a field without a maximum: the steps run away, and are stopped', async () => {
  await open(`#/dynamics?run=${runs['without a maximum']}&field=fixed&n=60`)
  await expect(page.getByText('Stopped before step')).toBeVisible({ timeout: 60_000 })
  await expect(integrability()).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'run-away')
  await shoot(page, 'run-away-film', { at: page.getByRole('region', { name: 'Film', exact: true }) })
})
