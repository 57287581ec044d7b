import { runSpecSchema } from '../../shared/spec/schema'
import { dataPaths } from '../store/dataFolder'
import { openDatabase } from '../store/database'
import { openStore } from '../store/store'

const classes = 10
const images = 200

/** What a trained classifier leaves behind, for one split. */
const result = (split: 'valid' | 'test') => ({
  evaluation: {
    ...{ split, n: images, loss: 1.5, error: 0.1, errorInterval: [0.07, 0.15] as [number, number], nll: 0.4 },
    confusion: Array.from({ length: classes }, () => Array.from({ length: classes }, () => images / classes ** 2)),
  },
  labels: new Int32Array(images),
  predicted: new Int32Array(images),
  scores: new Float32Array(images * classes),
})

/** Columns of a copy that differ from the original's, as SQL of its number k.n. */
const own: Readonly<Record<string, string>> = {
  id: "printf('%012x', k.n)",
  name: "'sweep-' || k.n",
  seed: 'k.n',
  slot: 'k.n % 8',
  created: "strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + 60 * k.n, 'unixepoch')",
}

/**
 * Fills a data folder with finished runs, and nothing else.
 * @param points of each run's curve; none: no results either
 */
export async function makeLargeStore(folder: string, runs: number, points: number): Promise<void> {
  const store = await openStore(folder)
  const spec = runSpecSchema.parse({ model: { kind: 'mcae' }, dataset: 'images', classifier: {} })
  const run = { name: 'original', spec, dataset: null, requestedDevice: 'auto', status: 'queued' } as const
  const { id } = await store.runs.create(run)
  const generation = (await store.leases.claim(id)) ?? 0
  if (points > 0) await store.results.put(id, generation, [result('valid'), result('test')])
  await store.leases.release(id, generation, { status: 'done', exitReason: 'finished', error: null })
  await store.close()
  const database = await openDatabase(dataPaths(folder))
  try {
    const table = (await database.raw('PRAGMA table_info(runs)')) as { name: string }[]
    const columns = table.map(({ name }) => name)
    const copied = columns.map((name) => own[name] ?? `runs.${name}`)
    const numbers = (name: string, most: number) =>
      `${name}(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM ${name} WHERE n < ${most})`
    const k = `WITH RECURSIVE ${numbers('k', runs)}`
    await database.raw(`INSERT INTO runs (${columns.join(', ')}) ${k} SELECT ${copied.join(', ')} FROM k, runs`)
    if (points > 0) {
      await database.raw(
        `INSERT INTO results ${k} SELECT ${own.id}, split, evaluation, labels, predicted, scores FROM k, results`,
      )
      await database.raw(
        `INSERT INTO metrics ${k}, ${numbers('e', points)}
         SELECT ${own.id}, 'pretrain', -1, e.n, 1.0 / e.n, 1.1 / e.n, 0.5 / e.n, 0.1 * e.n FROM k, e`,
      )
    }
  } finally {
    await database.destroy()
  }
}
