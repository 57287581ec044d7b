import { Spool } from './spool'

/**
 * Hands out temporary files and deletes all of them in the end, however the work ends.
 * @param folder where they lie
 */
export async function withSpools<Value>(
  folder: string,
  act: (makeSpool: () => Promise<Spool>) => Promise<Value>,
): Promise<Value> {
  const spools: Spool[] = []
  try {
    return await act(async () => {
      const spool = await Spool.create(folder)
      spools.push(spool)
      return spool
    })
  } finally {
    for (const spool of spools) await spool.remove()
  }
}
