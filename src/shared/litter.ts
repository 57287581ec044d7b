/** What systems and programs leave in folders: files, and folders of theirs. */
const leftovers =
  /^(__MACOSX|@eaDir|#recycle|\$RECYCLE\.BIN|System Volume Information|__pycache__|(eh)?thumbs(_vista)?\.db|desktop\.ini|icon\r)$/i

/** Whether a file is none of its owner's: by its name, or by that of a folder above it. @param path with its folders or without */
export const isLitter = (path: string): boolean => litterIn(path) !== null

/** The part of a path that makes it litter: ".DS_Store", "__MACOSX"; null where it is none. */
export const litterIn = (path: string): string | null =>
  path.split(/[/\\]/).find((part) => (part.startsWith('.') && part !== '.' && part !== '..') || leftovers.test(part)) ??
  null
