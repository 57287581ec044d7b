import { availableParallelism } from 'node:os'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import {
  analystRequestSchema,
  type AnalystAnswers,
  type AnalystCall,
  type AnalystResponse,
  type ScoreAnswer,
} from '../../shared/analyst'
import { openPort } from '../children/port'
import { openBackend } from '../compute/backend'
import { discoverDevices } from '../compute/discover'
import { inspectImage, viewImage } from '../images/view'
import { ScorerCache } from './scorerCache'

/** The analyst child: decodes images, scores pairs, lists devices; one answer a request, one request at a time. */
const port = openPort()
const scorers = openBackend({ engine: 'onnx', device: 'cpu', threads: availableParallelism() }).then(
  (backend) => new ScorerCache(backend),
)

let last: Promise<void> = Promise.resolve()
port.onMessage((message) => {
  last = last.then(() => answer(message))
})

async function answer(message: unknown): Promise<void> {
  const send = (response: AnalystResponse): void => port.send(response)
  const request = analystRequestSchema.safeParse(message)
  if (!request.success) {
    const id = (message as { id?: unknown } | null)?.id
    const error = new WorkbenchError('BAD_REQUEST', request.error.message, { where: 'analyst' })
    // A message without a number has nobody who waits for its answer.
    if (typeof id === 'number') send({ id, ok: false, error: toErrorData(error) })
    return
  }
  const { id, call } = request.data
  try {
    send({ id, ok: true, value: await valueOf(call) })
  } catch (error) {
    send({ id, ok: false, error: toErrorData(error) })
  }
}

function valueOf(call: AnalystCall): Promise<AnalystAnswers[keyof AnalystAnswers]> {
  switch (call.method) {
    case 'inspectImage':
      return inspectImage(call.name, call.bytes)
    case 'viewImage':
      return viewImage(call.name, call.bytes, call.shape, call.options)
    case 'devices':
      return discoverDevices()
    case 'score':
      return score(call)
  }
}

async function score(call: Extract<AnalystCall, { method: 'score' }>): Promise<ScoreAnswer> {
  const { checkpoint, x, y, gain, others } = call
  return (await scorers).with(checkpoint, async (scorer) => {
    const { description, classes } = scorer.model
    const classScores = await scorer.classScores({ x, y })
    const [only, ...more] = classScores ?? []
    const shown = classes === null ? null : (call.class ?? (more.length === 0 ? (only?.predicted ?? null) : null))
    const answer = { kind: description.kind, classes, class: shown, classScores, compared: null }
    if (classes !== null && shown === null) return { ...answer, pairs: null }
    const pairs = await scorer.pairs({ x, y }, shown, gain)
    const [pair] = pairs
    const compared = others === null || pair === undefined ? null : await scorer.compare(pair, x, others, shown)
    if (pair === undefined || compared === null) return { ...answer, pairs }
    return { ...answer, pairs: [{ ...pair, gain: compared.gain }], compared }
  })
}
