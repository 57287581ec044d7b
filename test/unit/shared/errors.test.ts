import { expect, test } from 'vitest'
import { toErrorData } from '../../../src/shared/errors'

test.each([
  ['SQLITE_BUSY', 'DATABASE_BUSY', /hangs or was stopped/],
  ['SQLITE_FULL', 'DISK_FULL', /Free some space/],
  ['ENOSPC', 'DISK_FULL', /Free some space/],
  ['EDQUOT', 'DISK_FULL', /Free some space/],
  ['EROFS', 'READ_ONLY', /can be written to/],
  ['SQLITE_READONLY', 'READ_ONLY', /another data folder/],
  ['EACCES', 'NOT_PERMITTED', /permissions/],
  ['EPERM', 'NOT_PERMITTED', /permissions/],
  ['SQLITE_CANTOPEN', 'NOT_PERMITTED', /data folder/],
  ['EMFILE', 'TOO_MANY_FILES', /ulimit -n/],
  ['ENFILE', 'TOO_MANY_FILES', /End programs/],
  ['EIO', 'DISK_FAILED', /Check the disk/],
  ['SQLITE_IOERR', 'DISK_FAILED', /Check the disk/],
  ['ENOENT', 'PATH_WRONG', /Check the path/],
  ['EEXIST', 'PATH_WRONG', /another name/],
  ['ELOOP', 'PATH_WRONG', /links/],
  ['ENOTDIR', 'PATH_WRONG', /Check the path/],
  ['EISDIR', 'PATH_WRONG', /Name a file/],
  ['ENAMETOOLONG', 'PATH_WRONG', /shorter/],
  ['EBUSY', 'IN_USE', /End the program/],
  ['ETXTBSY', 'IN_USE', /End the program/],
  ['SQLITE_CORRUPT', 'DATABASE_DAMAGED', /newest backup/],
  ['SQLITE_NOTADB', 'DATABASE_DAMAGED', /newest backup/],
  ['ERR_MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', /npm ci/],
  ['EOTHER', 'INTERNAL', /Report this/],
])('%s is told as %s, with what to do', (code, told, remedy) => {
  const data = toErrorData(Object.assign(new Error('said by a library'), { code }))
  expect(data).toMatchObject({ code: told, remedy: expect.stringMatching(remedy) as string })
})
