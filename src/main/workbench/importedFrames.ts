import type { AnalystAnswers } from '../../shared/analyst'
import { WorkbenchError } from '../../shared/errors'
import type { GreyFrames } from '../datasets/greyFrame'
import type { AnalystClient } from './analystClient'

/** Images that are imported are decoded in the analyst: a file that breaks a decoder costs that process, not this one. */
export const importedFrames = (analyst: Pick<AnalystClient, 'call'>): GreyFrames =>
  async function* (name, bytes, { signal }) {
    for (let from: number | null = 0; from !== null;) {
      const answer: AnalystAnswers['greyFrames'] = await analyst
        .call({ method: 'greyFrames', name, bytes, from }, signal)
        .catch((error: unknown) => {
          throw signal?.aborted ? signal.reason : (brokeTheDecoder(name, error) ?? error)
        })
      yield* answer.frames
      from = answer.next
    }
  }

function brokeTheDecoder(name: string, error: unknown): WorkbenchError | null {
  if (!(error instanceof WorkbenchError) || !['ANALYST_DIED', 'ANALYST_SILENT'].includes(error.code)) return null
  return new WorkbenchError('IMAGE_UNREADABLE', `Its decoder ended on it (${error.message})`, {
    where: name,
    remedy: 'Take it out, or save it anew as PNG; nothing was imported.',
    cause: error,
  })
}
