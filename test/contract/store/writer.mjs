// One of several processes that write to one folder: a run with fifty epochs.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const load = async (path) =>
  (await runnerImport(fileURLToPath(new URL(path, import.meta.url)), { configFile: false, logLevel: 'error' })).module

const { openStore } = await load('../../../src/main/store/store.ts')
const { newRun } = await load('./fixtures.ts')
const store = await openStore(process.argv[2])
const { id } = await store.runs.create(newRun('writer'))
for (let epoch = 1; epoch <= 50; epoch++) {
  const metric = { phase: 'pretrain', class: null, epoch, trainLoss: 1, validLoss: null, validError: null, seconds: 1 }
  await store.metrics.add(id, 0, [metric])
}
await store.close()
