import type { AnalystAnswers } from '../../shared/analyst'
import { decodeGreyFrames } from '../datasets/readers/images/greyFrames'
import type { Breathe } from '../models/batchedGraph'

/** Pixels of one answer: a stack is handed over in parts, so that neither process holds all of it. */
const mostBytes = 64 * 1024 ** 2

/** Images of a file from number `from` on, in grey; as many as one answer takes. */
export async function greyFramesAnswer(
  { name, bytes, from }: { name: string; bytes: Uint8Array; from: number },
  breathe: Breathe,
): Promise<AnalystAnswers['greyFrames']> {
  const frames: AnalystAnswers['greyFrames']['frames'] = []
  let [at, size] = [0, 0]
  for await (const frame of decodeGreyFrames(name, bytes, {})) {
    await breathe()
    if (at++ < from) continue
    if (size >= mostBytes) return { frames, next: at - 1 }
    frames.push(frame)
    size += frame.data.byteLength
  }
  return { frames, next: null }
}
