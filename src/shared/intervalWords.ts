import { formatCount } from './numbers'
import type { Evaluation } from './runs'

/** What a 95 % interval of an evaluation is: "95 % interval, by source image: 1,000 sources of 10,000 images". */
export const intervalWords = ({ n, sources }: Pick<Evaluation, 'n' | 'sources'>): string =>
  sources === undefined
    ? '95 % Wilson interval, images taken as independent'
    : `95 % interval, by source image: ${formatCount(sources)} sources of ${formatCount(n)} images`
