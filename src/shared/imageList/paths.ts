/** Parts of a path, of any system. */
export const pathParts = (path: string): string[] => path.split(/[/\\]/).filter((part) => part !== '' && part !== '.')

/**
 * What two spellings of a file's name have in common: composed and decomposed accents (macOS writes the latter), the case
 * of its ending.
 */
export function nameLike(name: string): string {
  const composed = name.normalize('NFC')
  const [ending = ''] = /\.[^.]*$/.exec(composed) ?? []
  return composed.slice(0, composed.length - ending.length) + ending.toLowerCase()
}

const pathLike = (path: string): string => pathParts(path).map(nameLike).join('/')

/**
 * Finds a listed path among files: by its folders and name, spelled as nearly as one file is; or by a name that only one
 * has, for dropped files may have lost their folders.
 */
export function finderAmong<File>(
  files: readonly File[],
  nameOf: (file: File) => string,
): (path: string) => File | null {
  const exact = new Map(files.map((file) => [pathParts(nameOf(file)).join('/'), file]))
  const alike = onlyOnes(files, (file) => pathLike(nameOf(file)))
  const byName = onlyOnes(files, (file) => nameLike(pathParts(nameOf(file)).at(-1) ?? ''))
  return (path) =>
    exact.get(pathParts(path).join('/')) ??
    alike.get(pathLike(path)) ??
    byName.get(nameLike(pathParts(path).at(-1) ?? '')) ??
    null
}

/** Files by a key; null where several have it. */
function onlyOnes<File>(files: readonly File[], keyOf: (file: File) => string): Map<string, File | null> {
  const found = new Map<string, File | null>()
  for (const file of files) found.set(keyOf(file), found.has(keyOf(file)) ? null : file)
  return found
}
