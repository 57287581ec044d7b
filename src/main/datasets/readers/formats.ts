import { WorkbenchError } from '../../../shared/errors'

/** Formats of the field that are known by their names and cannot be read yet. */
const later: Record<string, string> = {
  '.amat': '.amat files cannot be read yet',
  '.csv': 'CSV files cannot be read yet',
  '.png': 'Single images cannot be imported as a dataset yet',
  '.jpg': 'Single images cannot be imported as a dataset yet',
  '.mat': '.mat files cannot be read',
}

/** @param message what it is, where that is known */
export function formatUnknown(name: string, message?: string): WorkbenchError {
  const extension = /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? ''
  return new WorkbenchError('FORMAT_UNKNOWN', message ?? later[extension] ?? 'The format of the file is unknown', {
    where: name,
    remedy: 'IDX (plain or .gz), .npz and .npy can be read; nothing was imported.',
  })
}
