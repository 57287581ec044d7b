import { normalised } from '../../models/preprocess'
import { breathe, type TaskContext } from '../context'
import { fitWhitening } from './fitWhitening'
import type { WhitenJob } from '../jobs'
import { readTrainingData } from '../data/trainingData'
import { writeWhitening } from '../../saved/whiteningFile'

/**
 * Learns the whitening of all training images, x and y of pairs each for themselves, as they are after contrast and
 * centring: once for a run, so that all its models see the same images, and a resume those of before.
 * @throws Cancelled, IMAGES_CONSTANT
 */
export async function whiten(
  { spec, datasetPath, checkpointFolder }: WhitenJob,
  { emit, signal }: TaskContext,
): Promise<void> {
  const report = (fraction: number) =>
    emit({ type: 'progress', phase: 'whiten', class: null, epoch: 0, epochs: 0, step: 0, loss: null, fraction })
  report(0)
  const { train, inputs, targets, centre } = await readTrainingData(datasetPath, spec, null)
  const learn = async (slot: 'x' | 'y', images: Float32Array, pixels: number) => {
    const given = normalised(spec.preprocess, images, pixels, centre?.[slot] ?? null)
    return fitWhitening(given, pixels, `${spec.dataset}, ${slot}`, () => breathe(signal))
  }
  const isPair = train.y !== null && targets !== null
  const x = await learn('x', train.x, inputs)
  report(isPair ? 0.5 : 1)
  const y = isPair ? await learn('y', train.y ?? train.x, targets) : null
  report(1)
  emit({ type: 'checkpoint', checkpoint: await writeWhitening(checkpointFolder, { x, y }) })
}
