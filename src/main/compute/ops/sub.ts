import { binary } from '../operation'
import { neg } from './scale'
import { unbroadcast } from './sum'

/** a - b. */
export const sub = binary('sub', {
  gradient: (g, a, b) => [unbroadcast(g, a.shape), unbroadcast(neg(g), b.shape)],
  onnx: 'Sub',
  reference: (a, b) => a - b,
})
