import { expect, it } from 'vitest'
import { specPage } from '../../support/specTable'

it('docs/spec.md says of every key what the schema says', async () => {
  await expect(specPage()).toMatchFileSnapshot('../../../docs/spec.md')
})
