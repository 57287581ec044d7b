import type { PairScoreResponse } from '../../../../shared/scores'
import { pixelAt, type Place } from '../../components/images/linkedCursor'
import { pairPictures } from './pairPictures'
import { formatDigits } from '../../../../shared/numbers'

/** The pixel under the linked cursor and its value in every picture of a pair: "row 9, column 14 · x 0.482 · r(y|x) 0.511". */
export function pixelText(place: Place, response: PairScoreResponse): string {
  const [row, column] = pixelAt(place, response.view.x.shape)
  const values = pairPictures(response).map(({ title, pixels, shape }) => {
    const [r, c] = pixelAt(place, shape)
    return `${title} ${formatDigits(pixels[r * shape[1] + c], 3)}`
  })
  return [`row ${row}, column ${column}`, ...values].join(' \u00b7 ')
}
