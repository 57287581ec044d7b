import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import {
  analystCancelSchema,
  analystRequestSchema,
  isFieldCall,
  isTransformationCall,
  type AnalystAnswers,
  type AnalystCall,
  type AnalystResponse,
  type ScoreAnswer,
} from '../../shared/analyst'
import { openPort } from '../children/port'
import { openBackend } from '../compute/backend'
import { knownCandidates, type Candidate } from '../compute/candidates'
import { probe } from '../compute/probe'
import { DecodedImages } from '../images/decodedImages'
import { inspectImage, viewImage } from '../images/view'
import { answerFieldCall } from './fieldAnswers'
import { greyFramesAnswer } from './frameAnswers'
import { answerTransformation } from './transformationAnswers'
import { modelCache } from './modelCache'
import { exportWeights, importWeights } from './weightAnswers'
import { scorerCache } from './scorerCache'

/**
 * The analyst child: decodes images, scores pairs, follows fields, tests devices; one answer a request. Requests are
 * worked off one at a time in each of two lanes: what may take seconds breathes, and quick requests pass it by.
 */
const port = openPort()
const threads = availableParallelism()
const scorers = openBackend({ engine: 'onnx', device: 'cpu', threads }).then(scorerCache)

const models = modelCache()
const images = new DecodedImages()

const lanes = { quick: Promise.resolve(), long: Promise.resolve() }
/** Requests that wait or are worked on, by id. */
const open = new Map<number, AbortController>()
const send = (response: AnalystResponse): void => port.send(response)

port.onMessage((message) => {
  const cancel = analystCancelSchema.safeParse(message)
  if (cancel.success) {
    open.get(cancel.data.cancel)?.abort(new WorkbenchError('CANCELLED', 'Cancelled', { exit: 130 }))
    return
  }
  const request = analystRequestSchema.safeParse(message)
  if (!request.success) {
    const id = (message as { id?: unknown } | null)?.id
    const error = new WorkbenchError('BAD_REQUEST', request.error.message, { where: 'analyst' })
    // A message without a number has nobody who waits for its answer.
    if (typeof id === 'number') send(refusal(id, error))
    return
  }
  const { id, call } = request.data
  const controller = new AbortController()
  open.set(id, controller)
  const lane = isFieldCall(call) || isTransformationCall(call) ? 'long' : 'quick'
  lanes[lane] = lanes[lane].then(() => answer(id, call, controller.signal))
})

const refusal = (id: number, error: unknown): AnalystResponse => ({
  id,
  ok: false,
  error: toErrorData(error),
  exit: error instanceof WorkbenchError ? error.exit : 1,
})

async function answer(id: number, call: AnalystCall, signal: AbortSignal): Promise<void> {
  try {
    signal.throwIfAborted()
    send({ id, ok: true, value: await valueOf(call, signal) })
  } catch (error) {
    send(refusal(id, error))
  } finally {
    open.delete(id)
  }
}

async function valueOf(call: AnalystCall, signal: AbortSignal): Promise<AnalystAnswers[keyof AnalystAnswers]> {
  const breathe = async (): Promise<void> => {
    await setImmediate()
    signal.throwIfAborted()
  }
  if (isFieldCall(call)) return answerFieldCall(await models.forceFetch(call.checkpoint), call, breathe)
  if (isTransformationCall(call)) return answerTransformation(await models.forceFetch(call.checkpoint), call, breathe)
  switch (call.method) {
    case 'inspectImage':
      return inspectImage(call.name, call.bytes, images.decode)
    case 'viewImage':
      return viewImage(call.name, call.bytes, call.shape, call.options, images.decode)
    case 'greyFrames':
      return greyFramesAnswer(call, breathe)
    case 'probe':
      return probe(candidateOf(call), () => openBackend({ ...call, threads }))
    case 'importWeights':
      return importWeights(call)
    case 'exportWeights':
      return exportWeights(call)
    case 'score':
      return score(call)
    case 'meansOfOthers':
      return meansOfOthers(call)
  }
}

function candidateOf({ engine, device }: { engine: string; device: string }): Candidate {
  const found = knownCandidates().find((candidate) => candidate.engine === engine && candidate.device === device)
  if (found === undefined) throw new WorkbenchError('ENGINE_UNKNOWN', `No engine ${engine} on ${device}`)
  return found
}

const meansOfOthers = async (call: Extract<AnalystCall, { method: 'meansOfOthers' }>) =>
  // A gated auto-encoder is never a classifier.
  (await (await scorers).forceFetch(call.checkpoint)).meansOfOthers(call, null)

async function score(call: Extract<AnalystCall, { method: 'score' }>): Promise<ScoreAnswer> {
  const { checkpoint, gain, others } = call
  const scorer = await (await scorers).forceFetch(checkpoint)
  const { description, classes } = scorer.model
  const classScores = await scorer.classScores(call)
  const [only, ...more] = classScores ?? []
  const shown = classes === null ? null : (call.class ?? (more.length === 0 ? (only?.predicted ?? null) : null))
  const answer = {
    kind: description.kind,
    classes,
    class: shown,
    classScores,
    reconstructionErrors: null,
    compared: null,
  }
  if (classScores !== null && shown === null) {
    const predicted = classScores.map((one) => one.predicted)
    return { ...answer, pairs: null, reconstructionErrors: await scorer.reconstructionErrors(call, predicted) }
  }
  const pairs = await scorer.pairs(call, shown, gain)
  const [pair] = pairs
  const compared = others === null || pair === undefined ? null : await scorer.compare(pair, call, others, shown)
  if (pair === undefined || compared === null) return { ...answer, pairs }
  return { ...answer, pairs: [{ ...pair, gain: compared.gain }], compared }
}
