import { isImageName } from '../../../../shared/imageNames'
import { splitInName } from '../../../../shared/splitOfName'
import { relativeName } from '../../api/sourceFile'
import { formatBytes, formatPlural } from '../../format'

/** Files for an import, told apart: what holds images, what holds their labels, and the same of a published test set. */
export interface ImportFiles {
  files: readonly File[]
  labels: File | null
  testFiles: readonly File[]
  testLabels: File | null
}

/** By their usual names: "labels", "idx1" hold labels. */
const holdsLabels = ({ name }: File): boolean => /label|idx1/i.test(name)
/** "convex_test.amat", "t10k-images-idx3-ubyte.gz" */
const isTest = ({ name }: File): boolean => splitInName(name) === 'test'
const isImage = ({ name }: File): boolean => isImageName(name)

/** A single file is never labels alone; names of single images tell nothing. */
export function sortFiles(all: readonly File[]): ImportFiles {
  if (all.some(isImage)) return { files: all, labels: null, testFiles: [], testLabels: null }
  const known = all.filter(isTest)
  const apart = known.length > 0 && known.length < all.length
  const main = withLabels(apart ? all.filter((file) => !isTest(file)) : all)
  const test = withLabels(apart ? known : [])
  return { ...main, testFiles: test.files, testLabels: test.labels }
}

function withLabels(files: readonly File[]): Pick<ImportFiles, 'files' | 'labels'> {
  const labels = files.length > 1 ? (files.find(holdsLabels) ?? null) : null
  return { files: files.filter((file) => file !== labels), labels }
}

/** A name for the set from its folder, or its first file: "t10k-images-idx3-ubyte.gz" -> "t10k-images" */
export function suggestName(files: readonly File[]): string {
  const [folder, ...rest] = files[0] === undefined ? [''] : relativeName(files[0]).split('/')
  if (rest.length > 0) return plain(folder)
  return plain(
    folder
      .replace(/\.gz$/i, '')
      .replace(/\.[a-z0-9]{1,5}$/i, '')
      .replace(/[-_.]?idx\d-ubyte$/i, ''),
  )
}

const plain = (name: string): string =>
  name
    .replace(/[/\\\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 120)

/** As many names as a line holds. */
const named = 3

/** "a.gz, 1.2 MB · b.gz, 30 kB"; of many files their number, size and first one. */
export function describeFiles(files: readonly File[]): string {
  if (files.length <= named) {
    return files.map((file) => `${relativeName(file)}, ${formatBytes(file.size)}`).join(' · ')
  }
  const size = files.reduce((sum, file) => sum + file.size, 0)
  return `${formatPlural(files.length, 'file')}, ${formatBytes(size)}: ${relativeName(files[0])} and others`
}
