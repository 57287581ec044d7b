import type { ImageShape } from '../../shared/datasets'
import type { FilterGallery, FiltersAnswer, MappingUnitAnswer } from '../../shared/transformations'
import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import { modelKinds } from '../models/kinds/registry'
import type { Breathe } from '../models/batchedGraph'
import { dominantFrequency, inverse, spectrum, type Spectrum } from './spectrum'
import type { WeightArray, WeightArrays } from '../models/weightArray'

type Shapes = { x: ImageShape | null; y: ImageShape | null }

const rowsOf = ({ shape: [count, width], data }: WeightArray): Float32Array[] =>
  Array.from({ length: count }, (_, row) => data.subarray(row * width, (row + 1) * width))

/** Spectra that are made without letting messages in. */
const atOnce = 32

/** The transforms of all rows. */
async function spectraOf(weights: WeightArray, shape: ImageShape, breathe: Breathe): Promise<Spectrum[]> {
  const spectra: Spectrum[] = []
  for (const row of rowsOf(weights)) {
    spectra.push(spectrum(row, shape))
    if (spectra.length % atOnce === 0) await breathe()
  }
  return spectra
}

interface Analysed {
  gallery: FilterGallery
  spectra: Spectrum[] | null
}

async function analysed(
  name: string,
  weights: WeightArray,
  shape: ImageShape | null,
  breathe: Breathe,
): Promise<Analysed> {
  const spectra = shape && (await spectraOf(weights, shape, breathe))
  const strongest = shape && spectra && spectra.map((one) => dominantFrequency(one, shape))
  const gallery: FilterGallery = {
    name,
    shape,
    filters: weights.data,
    norms: Float32Array.from(rowsOf(weights), (row) => Math.hypot(...row)),
    frequency: strongest && Float32Array.from(strongest.flatMap(({ frequency }) => frequency)),
    powerShare: strongest && Float32Array.from(strongest, ({ powerShare }) => powerShare),
    phase: strongest && Float32Array.from(strongest, ({ phase }) => phase),
  }
  return { gallery, spectra }
}

/** An angle as one of -π..π. */
const wrapped = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))

/** How the two filters of each factor differ: by their frequency, or by the phase at x's. */
function filterPairs(x: Analysed, y: Analysed): FiltersAnswer['pairs'] {
  const { shape } = x.gallery
  if (shape === null || x.spectra === null || y.spectra === null || !sameShape(shape, y.gallery.shape)) return null
  const others = y.spectra
  const found = x.spectra.map((ofX, f) => {
    const ofY = others[f]
    const { index, phase } = dominantFrequency(ofX, shape)
    const same = dominantFrequency(ofY, shape).index === index
    return { shift: wrapped(Math.atan2(ofY.im[index], ofY.re[index]) - phase), same }
  })
  return {
    phaseShift: Float32Array.from(found, ({ shift }) => shift),
    sameFrequency: Uint8Array.from(found, ({ same }) => (same ? 1 : 0)),
  }
}

const sameShape = (a: ImageShape | null, b: ImageShape | null): boolean =>
  a !== null && b !== null && a[0] === b[0] && a[1] === b[1]

/** The filters of a model, pair by pair. */
export async function filters(
  description: ModelDescription,
  w: WeightArrays,
  shapes: Shapes,
  breathe: Breathe,
): Promise<Omit<FiltersAnswer, 'class'>> {
  const { kind } = description
  const shown = modelKinds[kind].filters(description)
  const mappings = description.mappings ?? 0
  const look = (name: string, shape = shapes.x) => analysed(name, w[name], shape, breathe)
  if (shown.y !== null) {
    const [x, y] = [await look(shown.x), await look(shown.y, shapes.y)]
    return { kind, mappings, tied: false, x: x.gallery, y: y.gallery, mean: null, pairs: filterPairs(x, y) }
  }
  const { gallery: x } = await look(shown.x)
  const mean = shown.mean === null ? null : (await look(shown.mean)).gallery
  return { kind, mappings, tied: true, x, y: null, mean, pairs: null }
}

/** sqrt Σ_f (W_M[k,f] W[f,·])² [D]: the pixels that a mapping unit listens to. */
function pooled(weights: WeightArray, pooling: Float32Array): Float32Array {
  const sums = new Float64Array(weights.shape[1])
  rowsOf(weights).forEach((row, f) => row.forEach((value, i) => (sums[i] += (pooling[f] * value) ** 2)))
  return Float32Array.from(sums, Math.sqrt)
}

/** Σ_f W_M[k,f] Σ_p W_X[f,p] W_Y[f,p+d] for every displacement d, by the correlation theorem; d = 0 in the middle. */
async function displacementField(
  x: WeightArray,
  y: WeightArray,
  pooling: Float32Array,
  shape: ImageShape,
  breathe: Breathe,
): Promise<Float32Array> {
  const total: Spectrum = { re: new Float64Array(x.shape[1]), im: new Float64Array(x.shape[1]) }
  const [ofX, ofY] = [await spectraOf(x, shape, breathe), await spectraOf(y, shape, breathe)]
  pooling.forEach((weight, f) => {
    const [a, b] = [ofX[f], ofY[f]]
    for (let i = 0; i < a.re.length; i++) {
      total.re[i] += weight * (a.re[i] * b.re[i] + a.im[i] * b.im[i])
      total.im[i] += weight * (a.re[i] * b.im[i] - a.im[i] * b.re[i])
    }
  })
  return centred(inverse(total, shape), shape)
}

function centred(values: Float64Array, [height, width]: ImageShape): Float32Array {
  const out = new Float32Array(values.length)
  values.forEach((value, index) => {
    const row = (Math.floor(index / width) + Math.floor(height / 2)) % height
    const column = ((index % width) + Math.floor(width / 2)) % width
    out[row * width + column] = value
  })
  return out
}

/** What one mapping unit pools. @throws UNIT_UNKNOWN */
export async function mappingUnit(
  description: ModelDescription,
  w: WeightArrays,
  unit: number,
  count: number,
  shapes: Shapes,
  breathe: Breathe,
): Promise<MappingUnitAnswer> {
  const { mappings, factors } = description
  if (mappings === null || factors === null || unit >= mappings) {
    throw new WorkbenchError('UNIT_UNKNOWN', `There is no mapping unit ${unit}`, {
      where: 'unit',
      remedy:
        mappings === null
          ? `A model of kind ${description.kind} has none.`
          : `Choose a unit from 0 to ${mappings - 1}.`,
    })
  }
  const pooling = w.WM.data.subarray(unit * factors, (unit + 1) * factors)
  const strongest = Array.from(pooling.keys())
    .sort((a, b) => Math.abs(pooling[b]) - Math.abs(pooling[a]))
    .slice(0, count)
  const shown = modelKinds[description.kind].filters(description)
  const [x, y] = [w[shown.x], w[shown.y ?? shown.x]]
  const shape = description.targets === null ? { x: shapes.x, y: shapes.x } : shapes
  return {
    unit,
    bias: w.bm.data[unit],
    factors: Int32Array.from(strongest),
    weights: Float32Array.from(strongest, (factor) => pooling[factor]),
    shape,
    pooledX: pooled(x, pooling),
    pooledY: pooled(y, pooling),
    displacement:
      shape.x !== null && sameShape(shape.x, shape.y) ? await displacementField(x, y, pooling, shape.x, breathe) : null,
  }
}
