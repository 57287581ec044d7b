import type { AnalystFieldCall } from '../../shared/analyst'
import type { PlaneAnchor, PlaneAnswer, PlaneTraining } from '../../shared/dynamics'
import type { SplitName } from '../../shared/datasets'
import { openDatasetFile } from '../datasets/datasetFile'
import type { FieldModel } from '../dynamics/fieldModel'
import { gridAround, gridPoints, planeThrough, project, projectField, type Plane } from '../dynamics/plane'
import { principalPlane, type PrincipalPlane } from '../dynamics/principal'
import { trajectory } from '../dynamics/trajectory'
import { norm, rowAt } from '../dynamics/vector'
import type { SavedModel } from '../saved/savedModel'
import type { OpenField } from './openField'
import { seenTargets, trainingPoints } from './trainingPoints'

type PlaneCall = Extract<AnalystFieldCall, { method: 'plane' }>

/** A plane, the points that it was laid through, and half a width that makes sense on it. */
interface LaidPlane {
  plane: Plane
  anchors: PlaneAnchor[]
  reach: number
  explained: [number, number] | null
}

/** A field on a grid in a plane, with the trajectory that starts there. @throws PLANE_DEGENERATE, PLANE_NO_DATA */
export async function planeAnswer(
  { model, drawn, start, subject }: OpenField,
  saved: SavedModel,
  call: PlaneCall,
): Promise<PlaneAnswer> {
  const { plane, anchors, reach, explained } = await laidPlane(model, start, saved, call)
  const training = await trainingOn(plane, saved, call)
  const { points, ...walked } = await trajectory(model, start, call.walk)
  const steps = Array.from({ length: points.length / start.length }, (_, row) =>
    project(plane, rowAt(points, start.length, row)),
  )
  const at = Float64Array.from(steps.flatMap((step) => step.at))
  const grid = gridAround(anchors, at, reach, call.n, call.extent)
  const { field, energy } = await (await drawn()).at(gridPoints(plane, grid))
  return {
    ...subject,
    origin: plane.origin,
    axes: Float64Array.from([...plane.axes[0], ...plane.axes[1]]),
    anchors,
    explained,
    training,
    ...grid,
    ...projectField(plane, field),
    energies: energy && Float32Array.from(energy),
    trajectory: {
      ...walked,
      at,
      offPlane: Float64Array.from(steps, ({ offPlane }) => offPlane),
      points: Float32Array.from(points),
    },
  }
}

/** Training images where they lie on a plane of components; other planes are laid through images far from most of them. */
async function trainingOn(
  plane: Plane,
  saved: SavedModel,
  { plane: choice }: PlaneCall,
): Promise<PlaneTraining | null> {
  if (choice.kind !== 'pca') return null
  const { points, n, labels, of } = await trainingPoints(saved, choice.dataset, choice.split)
  const size = points.length / n
  const at = Array.from({ length: n }, (_, row) => project(plane, rowAt(points, size, row)).at)
  return { at: Float32Array.from(at.flat()), labels, of }
}

async function laidPlane(
  model: FieldModel,
  start: Float64Array,
  saved: SavedModel,
  { plane: choice, subject: { class: modelClass } }: PlaneCall,
): Promise<LaidPlane> {
  if (choice.kind === 'pca') {
    const { axes, explained, spread } = await componentsOf(saved, choice.dataset, choice.split, modelClass)
    const plane = { origin: start, axes }
    return { plane, anchors: [anchor('y', plane, start)], reach: 2 * spread, explained }
  }
  const points = await (choice.kind === 'iterates' ? iterates(model, start) : seenImages(saved, choice.images))
  const names = choice.kind === 'iterates' ? ['y', 'r(y)', 'r(r(y))'] : ['image 1', 'image 2', 'image 3']
  const plane = planeThrough(points)
  const anchors = points.map((point, index) => anchor(names[index], plane, point))
  if (choice.kind === 'images') anchors.unshift(anchor('y', plane, start))
  return { plane, anchors, reach: 0.05 * (norm(start) || 1), explained: null }
}

const anchor = (name: string, plane: Plane, point: Float64Array): PlaneAnchor => ({ name, ...project(plane, point) })

async function iterates(model: FieldModel, start: Float64Array): Promise<[Float64Array, Float64Array, Float64Array]> {
  const { reconstruction: once } = await model.at(start)
  const { reconstruction: twice } = await model.at(once)
  return [start, once, twice]
}

/** Images of y after the run's preprocess. */
async function seenImages(
  saved: SavedModel,
  [first, second, third]: readonly [Float32Array, Float32Array, Float32Array],
): Promise<[Float64Array, Float64Array, Float64Array]> {
  const one = async (image: Float32Array) => Float64Array.from(await seenTargets(saved, 1, image, image))
  return [await one(first), await one(second), await one(third)]
}

/** Images whose components are taken: their products fill an n x n matrix. */
const mostImages = 200
const components = new WeakMap<SavedModel, Map<string, Promise<PrincipalPlane>>>()

/** Components of a seeded part of a split: of one class where the model is one class's. Kept, as one plane is asked for often. */
function componentsOf(
  saved: SavedModel,
  dataset: string,
  split: SplitName,
  modelClass: number | null,
): Promise<PrincipalPlane> {
  const of = saved.classes === null ? null : (modelClass ?? 0)
  const key = JSON.stringify([dataset, split, of])
  const kept = components.get(saved) ?? new Map<string, Promise<PrincipalPlane>>()
  components.set(saved, kept)
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = readComponents(saved, dataset, split, of)
  made.catch(() => kept.delete(key))
  kept.set(key, made)
  return made
}

async function readComponents(
  saved: SavedModel,
  dataset: string,
  split: SplitName,
  modelClass: number | null,
): Promise<PrincipalPlane> {
  const file = await openDatasetFile(dataset)
  const labels = modelClass === null ? null : await file.labels(split)
  const all = Array.from({ length: file.info.n[split] }, (_, row) => row)
  const rows = labels === null ? all : all.filter((row) => labels[row] === modelClass)
  const stride = Math.max(1, Math.floor(rows.length / mostImages))
  const chosen = rows.filter((_, index) => index % stride === 0).slice(0, mostImages)
  const { n, x, y } = await file.rows(split, chosen)
  return principalPlane(Float64Array.from(await seenTargets(saved, n, x, y)), n)
}
