import { WorkbenchError } from '../../../shared/errors'

/** Formats of the field that are known by their names and cannot be read. */
const others: Record<string, string> = {
  '.mat': '.mat files cannot be read',
  '.h5': 'HDF5 files cannot be read',
  '.hdf5': 'HDF5 files cannot be read',
  '.pkl': 'Pickled Python objects are never read',
  '.pickle': 'Pickled Python objects are never read',
  '.parquet': 'Parquet files cannot be read',
}

/** @param message what it is, where that is known */
export function formatUnknown(name: string, message?: string): WorkbenchError {
  const extension = /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? ''
  return new WorkbenchError('FORMAT_UNKNOWN', message ?? others[extension] ?? 'The format of the file is unknown', {
    where: name,
    remedy: '.amat, IDX (plain or .gz), .npy, .npz, CSV and images can be read; nothing was imported.',
  })
}
