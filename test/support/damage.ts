import { open } from 'node:fs/promises'
import { query } from '../../scripts/integrity.mjs'

/** Overwrites the first page of a table or an index, as a failing disk would: what is in the cache of a program that has it open stays. */
export async function damageTable(database: string, table: string): Promise<void> {
  const [facts] = (await query(
    database,
    `SELECT rootpage, (SELECT page_size FROM pragma_page_size) AS size FROM sqlite_master WHERE name = '${table}'`,
  )) as [{ rootpage: number; size: number }]
  const file = await open(database, 'r+')
  await file.write(Buffer.alloc(facts.size, 0xff), 0, facts.size, (facts.rootpage - 1) * facts.size)
  await file.close()
}
