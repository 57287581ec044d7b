import { performance } from 'node:perf_hooks'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import { openPort } from '../children/port'
import { openBackend } from '../compute/backend'
import { benchRequestSchema, type BenchAnswer, type BenchRequest } from './messages'
import { ReferenceProduct } from './product'
import { BenchmarkedTraining } from './trainingStep'

/** The bench child: measures in a process of its own, as training does. */
const port = openPort()
let measured: { product: ReferenceProduct; training: BenchmarkedTraining } | null = null

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
    const backend = await openBackend({ engine: 'onnx', device: 'cpu', threads: request.threads })
    measured = {
      product: await ReferenceProduct.compile(backend),
      training: await BenchmarkedTraining.compile(backend),
    }
    return
  }
  if (measured === null) throw new WorkbenchError('BENCH', 'The engine is not open yet', { exit: 1 })
  if (request.type === 'product') {
    for (let i = 0; i < request.times; i++) await measured.product.run()
    return
  }
  for (let i = 0; i < request.models; i++) {
    await measured.training.restart()
    await measured.training.run(request.steps)
  }
}
