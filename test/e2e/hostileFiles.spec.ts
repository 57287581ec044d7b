import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { previewImport } from '../../src/main/datasets/importDataset'
import { importRequestSchema, type SourceFile } from '../../src/shared/datasets'
import { errorLine, toErrorData } from '../../src/shared/errors'
import { layOut, type Hostile } from '../support/hostile/hostile'
import { idxFiles } from '../support/hostile/idxFiles'
import { imageFiles } from '../support/hostile/imageFiles'
import { numpyFiles } from '../support/hostile/numpyFiles'
import { pairFiles } from '../support/hostile/pairFiles'
import { amatFiles, csvFiles } from '../support/hostile/textFiles'
import { dropFiles } from './support/drop'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

/** Only paths on a disk have these faults, and which class is missing is known once the splits are drawn. */
const elsewhere = ['FILE_UNREADABLE', 'FOLDER_EMPTY', 'FOLDER_DEEP', 'CLASS_EMPTY']
/** A dropped list finds only the images that came along. */
const onDisk = 'the list itself as an image'

const droppable = ({ what, files, options, code }: Hostile): boolean =>
  what !== onDisk &&
  options === undefined &&
  !elsewhere.includes(code) &&
  Object.values(files).every((node) => node instanceof Uint8Array)

const readers = {
  IDX: idxFiles,
  NumPy: numpyFiles,
  '.amat': amatFiles,
  CSV: csvFiles,
  images: imageFiles,
  pairs: pairFiles,
}

let workbench: ServedWorkbench
let sources: string

test.beforeAll(async () => {
  workbench = await startWorkbench(await temporaryFolder())
  sources = await mkdtemp(join(tmpdir(), 'gae-dropped-'))
})

test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
  await removeFolder(sources)
})

/** What the readers say of the same files, their bytes named as the window names dropped ones. */
async function refusal({ files, labels, test: testFile }: Hostile): Promise<string> {
  const source = (name: string): SourceFile => ({ name, content: { bytes: files[name] as Uint8Array } })
  const main = Object.keys(files).filter((name) => name !== labels && name !== testFile)
  const request = importRequestSchema.parse({
    name: 'dropped',
    files: main.map(source),
    ...(labels === undefined ? {} : { labels: source(labels) }),
    ...(testFile === undefined ? {} : { testFiles: [source(testFile)] }),
  })
  const error: unknown = await previewImport(request).catch((thrown: unknown) => thrown)
  return errorLine(toErrorData(error))
}

test('every broken file is refused on the screen by file, place, remedy and code; nothing is imported', async ({
  page,
}) => {
  test.setTimeout(600_000)
  await page.goto(workbench.url)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Datasets', exact: true })).toBeVisible()
  const dialog = page.getByRole('dialog', { name: 'Import dataset', exact: true })
  const alert = dialog.getByRole('alert')

  for (const [reader, corpus] of Object.entries(readers)) {
    const cases = corpus.filter(droppable)
    expect(cases.length, reader).toBeGreaterThanOrEqual(8)
    for (const [index, hostile] of cases.entries()) {
      await test.step(`${reader}, ${hostile.what}`, async () => {
        const folder = join(sources, reader, String(index))
        layOut(hostile, folder)
        const roots = [...new Set(Object.keys(hostile.files).map((name) => name.split('/')[0]!))]
        await dropFiles(
          page,
          page.getByRole('main'),
          roots.map((name) => join(folder, name)),
        )
        await expect(alert).toHaveAttribute('data-code', hostile.code)
        // With a button for each reading of a file that has two.
        await expect(alert).toContainText(await refusal(hostile))
        await expect(alert).toContainText(`${hostile.where}: `)
        await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
        await page.keyboard.press('Escape')
        await expect(dialog).toBeHidden()
      })
    }
  }
  await expect(page.getByText('No datasets yet.')).toBeVisible()
  expect(await readdir(join(workbench.data, 'datasets')).catch(() => [])).toEqual([])

  await test.step('a class without training images is told before the import', async () => {
    const hostile = amatFiles.find(({ code }) => code === 'CLASS_EMPTY')!
    const folder = join(sources, 'class')
    layOut(hostile, folder)
    await dropFiles(page, page.getByRole('main'), [join(folder, 'test.amat'), join(folder, 'train.amat')])
    await expect(alert).toHaveText(
      'train.amat: No training image of class 9. Take fewer validation and test images, or another seed (--seed). [CLASS_EMPTY]',
    )
    await page.keyboard.press('Escape')
    await expect(page.getByText('No datasets yet.')).toBeVisible()
    expect(await readdir(join(workbench.data, 'datasets')).catch(() => [])).toEqual([])
  })

  await test.step('the Problems list has all of them, the newest first', async () => {
    await page
      .getByRole('region', { name: 'Status bar' })
      .getByRole('button', { name: /^Problems \d/ })
      .click()
    const problems = page.getByRole('dialog', { name: 'Problems', exact: true }).getByRole('listitem')
    await expect(problems.first()).toContainText('[CLASS_EMPTY]')
    expect(await problems.count()).toBeGreaterThan(50)
  })
})
