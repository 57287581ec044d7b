import { performance } from 'node:perf_hooks'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import { openPort } from '../children/port'
import { openBackend, type Backend } from '../compute/backend'
import { BenchmarkedFinetuning } from './finetuning'
import { benchRequestSchema, type BenchAnswer, type BenchRequest } from './messages'
import { ReferenceProduct } from './product'
import { BenchmarkedTraining } from './trainingStep'

/** The bench child: measures in a process of its own, as training does. */
const port = openPort()
let backend: Backend | null = null
let product: ReferenceProduct | null = null
let training: BenchmarkedTraining | null = null
let finetuning: BenchmarkedFinetuning | null = null

port.onMessage((message) => void answer(message).then(port.send))

async function answer(message: unknown): Promise<BenchAnswer> {
  try {
    const request = benchRequestSchema.parse(message)
    const start = performance.now()
    await perform(request)
    return { type: 'done', milliseconds: performance.now() - start }
  } catch (error) {
    return { type: 'failed', error: toErrorData(error) }
  }
}

async function perform(request: BenchRequest): Promise<void> {
  if (request.type === 'open') {
    backend = await openBackend(request)
    return
  }
  if (backend === null) throw new WorkbenchError('BENCH', 'The engine is not open yet', { exit: 1 })
  // Compiled at the first request: a round that is not counted comes before those that are.
  switch (request.type) {
    case 'product':
      product ??= await ReferenceProduct.compile(backend)
      for (let i = 0; i < request.times; i++) await product.run()
      return
    case 'train':
      training ??= await BenchmarkedTraining.compile(backend)
      for (let i = 0; i < request.models; i++) {
        await training.restart()
        await training.run(request.steps)
      }
      return
    case 'finetune':
      finetuning ??= await BenchmarkedFinetuning.compile(backend)
      await finetuning.run(request.steps)
  }
}
