import type { z } from 'zod'
import type { ImageReference, modelRequestSchema } from '../../shared/dynamics'
import {
  applyRequestSchema,
  filtersRequestSchema,
  interpolateRequestSchema,
  mappingUnitRequestSchema,
  type ApplyAnswer,
  type ApplyRequest,
  type FiltersAnswer,
  type FiltersRequest,
  type InterpolateAnswer,
  type InterpolateRequest,
  type MappingUnitAnswer,
  type MappingUnitRequest,
} from '../../shared/transformations'
import { parseInput } from '../../shared/parse'
import type { TransformationsApi } from '../api/transformations'
import { AskedModel, type ModelSources } from './askedModel'
import { Tickets } from './tickets'

/** Filters of finished models, and the transformations that they learned, computed in the analyst. */
export class TransformationService implements TransformationsApi {
  readonly #tickets = new Tickets()

  constructor(private readonly dependencies: ModelSources) {}

  async filters(request: FiltersRequest): Promise<FiltersAnswer> {
    const asked = parseInput(filtersRequestSchema, request, 'filters')
    return this.#under(asked, (_model, common, signal) =>
      this.dependencies.analyst.call({ method: 'filters', ...common }, signal),
    )
  }

  async mappingUnit(request: MappingUnitRequest): Promise<MappingUnitAnswer> {
    const asked = parseInput(mappingUnitRequestSchema, request, 'mappingUnit')
    const { unit, count } = asked
    return this.#under(asked, (_model, common, signal) =>
      this.dependencies.analyst.call({ method: 'mappingUnit', ...common, unit, count }, signal),
    )
  }

  async transform(request: ApplyRequest): Promise<ApplyAnswer> {
    const asked = parseInput(applyRequestSchema, request, 'apply')
    const { steps, restoreContrast } = asked
    return this.#under(asked, async (model, common, signal) => {
      const pair = await pairOf(model, asked)
      const to = await all(asked.to, (image) => model.pixels(image, 'x'))
      const truth = asked.truth && (await all(asked.truth, (image) => model.pixels(image, 'y')))
      const call = { ...common, pair, to, truth, steps, restoreContrast }
      return this.dependencies.analyst.call({ method: 'apply', ...call }, signal)
    })
  }

  async interpolate(request: InterpolateRequest): Promise<InterpolateAnswer> {
    const asked = parseInput(interpolateRequestSchema, request, 'interpolate')
    const { t } = asked
    return this.#under(asked, async (model, common, signal) => {
      const [a, b, to] = [await pairOf(model, asked.a), await pairOf(model, asked.b), await model.pixels(asked.to, 'x')]
      return this.dependencies.analyst.call({ method: 'interpolate', ...common, a, b, to, t }, signal)
    })
  }

  async cancel({ ticket }: { ticket: string }): Promise<void> {
    this.#tickets.cancel(ticket)
  }

  #under<Answer>(
    { ticket, run, class: modelClass }: z.output<typeof modelRequestSchema>,
    work: (
      model: AskedModel,
      common: { checkpoint: string; class: number | null; shapes: AskedModel['shapes'] },
      signal: AbortSignal,
    ) => Promise<Answer>,
  ): Promise<Answer> {
    return this.#tickets.under(ticket, async (signal) => {
      const model = await AskedModel.open(this.dependencies, run, modelClass)
      return work(model, { checkpoint: model.checkpoint, class: modelClass, shapes: model.shapes }, signal)
    })
  }
}

const pairOf = async (model: AskedModel, { x, y }: { x: ImageReference; y: ImageReference }) => ({
  x: await model.pixels(x, 'x'),
  y: await model.pixels(y, 'y'),
})

/** One after another: each may decode an image in the analyst. */
async function all<From, To>(items: readonly From[], make: (item: From) => Promise<To>): Promise<To[]> {
  const made: To[] = []
  for (const item of items) made.push(await make(item))
  return made
}
