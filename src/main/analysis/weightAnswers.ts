import type { AnalystAnswers, AnalystCall } from '../../shared/analyst'
import { readNpz, writeNpz } from '../datasets/npz'
import { readCheckpoint, writeCheckpoint } from '../saved/checkpoint'
import { checkWeightFormat } from '../saved/foreignWeights'
import { readWeightFile, writeWeightFile } from '../saved/weightFile'

type Call<Method> = Extract<AnalystCall, { method: Method }>

/** Reads weights from Python into a checkpoint. @throws what is wrong with the file; nothing is written then */
export async function importWeights({
  file,
  bytes,
  kind,
  folder,
}: Call<'importWeights'>): Promise<AnalystAnswers['importWeights']> {
  checkWeightFormat(bytes, file)
  const { model: read, classNames, assumed } = readWeightFile(readNpz(bytes, file), file, kind)
  const model = { ...read, ...(classNames && { classNames }) }
  const checkpoint = await writeCheckpoint(folder, { model, training: null, carried: {}, spec: null })
  const { description, classes, energy, preprocess } = model
  return { checkpoint, model: { description, classes, energy, preprocess }, assumed }
}

/** The model of a checkpoint as an .npz. */
export async function exportWeights({ checkpoint, classes }: Call<'exportWeights'>): Promise<Uint8Array> {
  const { model } = await readCheckpoint(checkpoint)
  return writeNpz(writeWeightFile(model, classes))
}
