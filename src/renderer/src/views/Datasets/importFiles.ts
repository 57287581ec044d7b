/** Files for an import, told apart: what holds images, and what holds their labels. */
export interface ImportFiles {
  files: readonly File[]
  labels: File | null
}

/** By their usual names: "labels", "idx1" hold labels. A single file is never labels alone. */
const holdsLabels = (name: string): boolean => /label|idx1/i.test(name)

export function sortFiles(files: readonly File[]): ImportFiles {
  const labels = files.length > 1 ? (files.find(({ name }) => holdsLabels(name)) ?? null) : null
  return { files: files.filter((file) => file !== labels), labels }
}

/** A name for the set from its first file: "t10k-images-idx3-ubyte.gz" -> "t10k-images" */
export function suggestName(files: readonly Pick<File, 'name'>[]): string {
  const first = files[0]?.name ?? ''
  return first
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[-_.]?idx\d-ubyte$/i, '')
    .replace(/[/\\\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 120)
}
