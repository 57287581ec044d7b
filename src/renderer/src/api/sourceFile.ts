import type { SourceFile } from '../../../shared/datasets'
import { frameLimit } from '../../../shared/codec'
import { WorkbenchError } from '../../../shared/errors'
import { bridge } from './bridge'

/** Above this many bytes in all, files go by their paths, where they have any. */
const byPathAbove = 16 * 1024 * 1024
/** For what a message holds beside the files. */
const envelope = 1024 * 1024
/** As many as one import takes. */
export const mostFiles = 100_000
/** Files that are read at the same time: each takes a handle of the browser. */
const atOnce = 64

/** The name of a file with the folders that it was chosen or dropped in: "shapes/tall/1.png" */
export const relativeName = (file: File): string => file.webkitRelativePath || file.name

const onCommandLine = 'Import them on the command line: gae-workbench datasets import.'

/**
 * Dropped or chosen files as the API takes them: their bytes, or on the desktop the paths of much.
 * @throws WorkbenchError FILES_MANY, FRAME_TOO_LARGE, FILE_UNREADABLE
 */
export async function sourceFiles(files: readonly File[]): Promise<SourceFile[]> {
  if (files.length > mostFiles) {
    throw new WorkbenchError('FILES_MANY', `More than ${mostFiles.toLocaleString('en-US')} files`, {
      where: relativeName(files[0]),
      remedy: onCommandLine,
    })
  }
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const sources: SourceFile[] = []
  let inBytes = 0
  for (let at = 0; at < files.length; at += atOnce) {
    const part = files.slice(at, at + atOnce).map((file) => ({ file, path: size > byPathAbove ? pathOf(file) : '' }))
    inBytes += part.reduce((sum, { file, path }) => sum + (path === '' ? file.size : 0), 0)
    if (inBytes > frameLimit - envelope) throw tooLarge(files, size)
    sources.push(...(await Promise.all(part.map(({ file, path }) => sourceOf(file, path)))))
  }
  return sources
}

/** With leave to import it, where the window has paths to give. */
const pathOf = (file: File): string => bridge()?.grantPath(file) ?? ''

async function sourceOf(file: File, path: string): Promise<SourceFile> {
  const name = relativeName(file)
  return { name, content: path === '' ? { bytes: await bytesOf(file) } : { path } }
}

/** @throws WorkbenchError FILE_UNREADABLE */
export async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (cause) {
    throw unreadable(relativeName(file), cause)
  }
}

/** @param name of a file or a folder */
export const unreadable = (name: string, cause: unknown): WorkbenchError =>
  new WorkbenchError('FILE_UNREADABLE', 'It cannot be read', {
    where: name,
    remedy: 'See whether it is still there, and give it again.',
    cause,
  })

const tooLarge = (files: readonly File[], size: number): WorkbenchError =>
  new WorkbenchError(
    'FRAME_TOO_LARGE',
    `${size.toLocaleString('en-US')} bytes, ${frameLimit.toLocaleString('en-US')} at most`,
    {
      where: relativeName(files[0]),
      remedy: onCommandLine,
    },
  )
