import type { ImportRequest } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { Context, PathGrants } from './trpc'

/** A browser sends bytes; it may name no file of this machine. */
export const noGrants: PathGrants = { has: () => false, take: () => false }

function pathsOf({ files, labels, testFiles, testLabels }: ImportRequest): string[] {
  return [...files, ...(testFiles ?? []), labels, testLabels].flatMap((file) =>
    file !== undefined && 'path' in file.content ? [file.content.path] : [],
  )
}

/**
 * Refuses an import that names a file which the user did not hand over.
 * @param leave asks whether a path was given, or uses the leave up
 * @throws WorkbenchError PATH_NOT_GRANTED
 */
export const granted =
  (leave: keyof PathGrants) =>
  (request: ImportRequest, { grants }: Context): void => {
    const path = pathsOf(request).find((one) => !grants[leave](one))
    if (path === undefined) return
    throw new WorkbenchError('PATH_NOT_GRANTED', 'This file was not dropped or chosen in this window', {
      where: path,
      remedy: 'Drop it or choose it again.',
    })
  }
