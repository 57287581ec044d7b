import type { PairPixelStatistics } from '../../shared/trainingStatistics'
import { PixelTally } from '../statistics/pixels'
import type { DatasetFile, SplitRows } from './datasetFile'

/** Pixels of examples before preprocessing; null of none. */
export function pixelsOf({ n, x, y }: Pick<SplitRows, 'n' | 'x' | 'y'>): PairPixelStatistics | null {
  const [ofX, ofY] = [new PixelTally(), new PixelTally()]
  if (n > 0) ofX.add(x, x.length / n)
  if (n > 0 && y !== null) ofY.add(y, y.length / n)
  return ofX.statistics && { x: ofX.statistics, y: ofY.statistics }
}

/** Pixels of the training split, read block by block. */
export async function trainingPixels(
  file: DatasetFile,
  letIn: () => Promise<void>,
): Promise<PairPixelStatistics | null> {
  const [ofX, ofY] = [new PixelTally(), new PixelTally()]
  for await (const { n, x, y } of file.blocks('train')) {
    ofX.add(x, x.length / n)
    if (y !== null) ofY.add(y, y.length / n)
    await letIn()
  }
  return ofX.statistics && { x: ofX.statistics, y: ofY.statistics }
}
