import { expect, test } from 'vitest'
import { toErrorData } from '../../../src/shared/errors'

test.each([
  ['SQLITE_BUSY', 'DATABASE_BUSY', /hangs or was stopped/],
  ['SQLITE_FULL', 'DISK_FULL', /Free some space/],
  ['ENOSPC', 'DISK_FULL', /Free some space/],
  ['EOTHER', 'INTERNAL', /Report this/],
])('%s is told as %s, with what to do', (code, told, remedy) => {
  const data = toErrorData(Object.assign(new Error('said by a library'), { code }))
  expect(data).toMatchObject({ code: told, remedy: expect.stringMatching(remedy) as string })
})
