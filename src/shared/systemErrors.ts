/** What an operating system refused, in words. */
export interface SystemRefusal {
  code: string
  message: string
  remedy: string
  /** How the command line ends: 2 where another path would do, 1 where the work failed. */
  exit: 1 | 2
}

const wrongPath = (message: string, remedy: string): SystemRefusal => ({
  code: 'PATH_WRONG',
  message,
  remedy,
  exit: 2,
})
const denied: SystemRefusal = {
  code: 'NOT_PERMITTED',
  message: 'This user has no leave to read or write it',
  remedy: 'Change its permissions, or choose another place.',
  exit: 1,
}
const busy = (message: string): SystemRefusal => ({
  code: 'IN_USE',
  message,
  remedy: 'End the program that uses it, or choose another name.',
  exit: 1,
})
const tooManyFiles = (whose: string, remedy: string): SystemRefusal => ({
  code: 'TOO_MANY_FILES',
  message: `${whose} has as many files open as it may`,
  remedy,
  exit: 1,
})
const diskFailed: SystemRefusal = {
  code: 'DISK_FAILED',
  message: 'The disk, or the network to it, failed to read or write',
  remedy: 'Check the disk, and choose another folder.',
  exit: 1,
}
const full: SystemRefusal = {
  code: 'DISK_FULL',
  message: 'No space is left on the disk',
  remedy: 'Free some space and try again: what was stored before is kept, and a run resumes from its last checkpoint.',
  exit: 1,
}

const locked: SystemRefusal = {
  code: 'DATABASE_BUSY',
  message: 'Another process has held the database for too long',
  remedy: 'See whether another gae-workbench hangs or was stopped; end it and try again.',
  exit: 1,
}

const damaged: SystemRefusal = {
  code: 'DATABASE_DAMAGED',
  message: 'The database is damaged',
  remedy: 'Put the newest backup in its place: Home, Restore backup; or gae-workbench restore-backup.',
  exit: 1,
}

/** By the code of Node and of SQLite. A user, a disk or another program causes each of these, no fault of ours. */
const refusals: Readonly<Record<string, SystemRefusal>> = {
  ENOENT: wrongPath('There is no such file or folder', 'Check the path.'),
  ENOTDIR: wrongPath('A part of its path is a file, where a folder should be', 'Check the path.'),
  EISDIR: wrongPath('It is a folder, where a file should be', 'Name a file.'),
  EEXIST: wrongPath('It is there already, as something else', 'Choose another name, or move it away.'),
  ENOTEMPTY: wrongPath('The folder is not empty', 'Choose another name, or move it away.'),
  ELOOP: wrongPath('Its symbolic links lead round in a circle', 'Mend the links.'),
  ENAMETOOLONG: wrongPath('The name or the path is too long for the file system', 'Choose a shorter one.'),
  ENXIO: wrongPath('It is no plain file', 'Choose a file.'),
  ENODEV: wrongPath('It is no plain file', 'Choose a file.'),
  ERR_FS_FILE_TOO_LARGE: wrongPath('The file is larger than 2 GiB, more than is read at once', 'Choose a smaller one.'),
  EACCES: denied,
  EPERM: denied,
  EROFS: {
    code: 'READ_ONLY',
    message: 'The file system is read-only',
    remedy: 'Choose a folder that can be written to (--data DIR for the data folder).',
    exit: 1,
  },
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  SQLITE_FULL: full,
  EMFILE: tooManyFiles('This process', 'Raise the limit (ulimit -n 4096) and start again.'),
  ENFILE: tooManyFiles('The system', 'End programs that hold many files, and try again.'),
  EIO: diskFailed,
  ESTALE: diskFailed,
  ETIMEDOUT: diskFailed,
  SQLITE_IOERR: diskFailed,
  EBUSY: busy('Another program, or the system, uses it'),
  ETXTBSY: busy('It is a program that is running'),
  SQLITE_READONLY: {
    code: 'READ_ONLY',
    message: 'The database can be read, not written',
    remedy: 'Change its permissions, or choose another data folder (--data DIR).',
    exit: 1,
  },
  SQLITE_CANTOPEN: {
    code: 'NOT_PERMITTED',
    message: 'The database, or a file beside it, cannot be opened',
    remedy: 'Check that the data folder is still there and may be written to, or choose another (--data DIR).',
    exit: 1,
  },
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
  SQLITE_BUSY: locked,
  // The one connection that writes has waited as long already.
  KnexTimeoutError: locked,
  ENOMEM: {
    code: 'NO_MEMORY',
    message: 'The system has no memory left',
    remedy: 'End other programs, or take less data at once.',
    exit: 1,
  },
}

function codeOf(error: unknown): string {
  const { code, name = '' } = (error ?? {}) as { code?: string; name?: string }
  return code ?? name
}

/** What the system refused, where it was the system. */
export const systemRefusal = (error: unknown): SystemRefusal | null => refusals[codeOf(error)] ?? null
