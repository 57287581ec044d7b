import type { AnalystAnswers, AnalystFieldCall } from '../../shared/analyst'
import type { FieldAnswer } from '../../shared/dynamics'
import { integrability } from '../dynamics/integrability'
import { trajectory } from '../dynamics/trajectory'
import { norm } from '../dynamics/vector'
import type { Breathe } from '../models/batchedGraph'
import type { SavedModel } from '../saved/savedModel'
import { openField, type OpenField } from './openField'
import { planeAnswer } from './planeAnswer'

/** What a request about a field asks for. */
export async function answerFieldCall(
  saved: SavedModel,
  call: AnalystFieldCall,
  breathe: Breathe,
): Promise<AnalystAnswers[AnalystFieldCall['method']]> {
  const field = await openField(saved, call.subject, breathe)
  switch (call.method) {
    case 'field':
      return atStart(field)
    case 'trajectory':
      return { ...field.subject, ...(await trajectory(field.model, field.start, call.walk)) }
    case 'integrability':
      return tested(field, call)
    case 'plane':
      return planeAnswer(field, saved, call)
  }
}

async function atStart({ model, start, inner, subject }: OpenField): Promise<FieldAnswer> {
  const { field, reconstruction, energy } = await model.at(start)
  const { force } = await model.at(inner)
  return { ...subject, field, force, reconstruction, norm: norm(field), energyAtStart: energy?.[0] ?? null }
}

async function tested(
  { compiler, model, inner, subject }: OpenField,
  { seed, jacobian }: Extract<AnalystFieldCall, { method: 'integrability' }>,
): Promise<AnalystAnswers['integrability']> {
  const found = await integrability(compiler, model, inner, seed)
  return { ...subject, ...found, jacobian: jacobian ? await model.jacobian(inner) : null }
}
