import { WorkbenchError } from '../../../shared/errors'
import type { ToldApartPage, ToldApartQuery } from '../../../shared/comparing'
import type { RunDetail } from '../../../shared/runs'
import { openDatasetFile } from '../../datasets/datasetFile'
import type { StoredPredictions } from '../../store/results'
import type { Store } from '../../store/store'

/**
 * Images that one run gets right and another wrong.
 * @throws WorkbenchError TEST_SETS_DIFFER, NO_PREDICTIONS, RUN_NOT_FOUND, RUN_AMBIGUOUS
 */
export async function toldApart(store: Store, query: ToldApartQuery): Promise<ToldApartPage> {
  const [right, wrong] = [await readRun(store, query.right), await readRun(store, query.wrong)]
  const [ofRight, ofWrong] = [await predictionsOf(store, right, query), await predictionsOf(store, wrong, query)]
  if (right.datasetHash !== wrong.datasetHash) throw otherImages(right, wrong)
  const { labels } = ofRight
  const errs = ({ predicted }: StoredPredictions, image: number) => predicted[image] !== labels[image]
  const found: number[] = []
  let [other, bothWrong] = [0, 0]
  for (let image = 0; image < labels.length; image++) {
    const [rightErrs, wrongErrs] = [errs(ofRight, image), errs(ofWrong, image)]
    if (!rightErrs && wrongErrs) found.push(image)
    if (rightErrs && !wrongErrs) other++
    if (rightErrs && wrongErrs) bothWrong++
  }
  const shown = found.slice(query.at, query.at + query.count)
  const dataset = right.datasetInfo
  if (dataset === null) throw noImages(right)
  const file = await openDatasetFile(store.datasets.path(dataset))
  const { x } = await file.rows(query.split, shown)
  return {
    ...{ total: found.length, other, n: labels.length, bothWrong },
    classes: dataset.classes ?? [],
    rows: shown.map((index) => ({ index, label: labels[index], predicted: ofWrong.predicted[index] })),
    shape: dataset.shape,
    images: x,
  }
}

const readRun = async (store: Store, reference: string) => store.runs.detail(await store.runs.find(reference))

async function predictionsOf(store: Store, run: RunDetail, { split }: ToldApartQuery): Promise<StoredPredictions> {
  const found = await store.results.predictions(run.id, split)
  if (found !== null) return found
  throw new WorkbenchError('NO_PREDICTIONS', `There are no predictions of its ${split} images`, {
    where: run.name,
    remedy: 'Choose finished classifiers: only these have them.',
  })
}

const otherImages = (one: RunDetail, other: RunDetail) =>
  new WorkbenchError('TEST_SETS_DIFFER', `They were judged on other images: ${one.dataset}, ${other.dataset}`, {
    where: `${one.name}, ${other.name}`,
    remedy: 'Choose runs of one dataset.',
  })

const noImages = ({ name, dataset }: RunDetail) =>
  new WorkbenchError('DATASET_NOT_FOUND', 'Its images are no longer here', {
    where: name,
    remedy: `Import or generate ${dataset} again.`,
  })
