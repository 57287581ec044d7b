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
      return viewImage(call.name, call.bytes, call.shape)
    case 'devices':
      return discoverDevices()
    case 'score':
      return score(call)
  }
}

async function score({
  checkpoint,
  class: modelClass,
  x,
  y,
  gain,
}: Extract<AnalystCall, { method: 'score' }>): Promise<ScoreAnswer> {
  return (await scorers).with(checkpoint, async (scorer) => {
    const { description, classes } = scorer.model
    return {
      kind: description.kind,
      classes,
      pairs: await scorer.pairs({ x, y }, classes === null ? null : (modelClass ?? 0), gain),
      classScores: await scorer.classScores({ x, y }),
    }
  })
}
