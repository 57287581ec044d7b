import type { z } from 'zod'
import type { AnalystFieldCall } from '../../shared/analyst'
import {
  fieldRequestSchema,
  integrabilityRequestSchema,
  planeRequestSchema,
  trajectoryRequestSchema,
  type FieldAnswer,
  type FieldRequest,
  type IntegrabilityAnswer,
  type IntegrabilityRequest,
  type PlaneAnswer,
  type PlaneChoice,
  type PlaneRequest,
  type TrajectoryAnswer,
  type TrajectoryRequest,
} from '../../shared/dynamics'
import { WorkbenchError } from '../../shared/errors'
import { parseInput } from '../../shared/parse'
import type { DynamicsApi } from '../api/dynamics'
import type { Store } from '../store/store'
import { AskedModel, type ModelSources } from './askedModel'
import { Tickets } from './tickets'

interface Subject {
  checkpoint: string
  subject: AnalystFieldCall['subject']
}

/** Fields of finished models, followed in the analyst. */
export class DynamicsService implements DynamicsApi {
  readonly #tickets = new Tickets()

  constructor(private readonly dependencies: ModelSources & { store: Store }) {}

  async field(request: FieldRequest): Promise<FieldAnswer> {
    const asked = parseInput(fieldRequestSchema, request, 'field')
    return this.#under(asked, (subject, signal) => this.#analyst.call({ method: 'field', ...subject }, signal))
  }

  async trajectory(request: TrajectoryRequest): Promise<TrajectoryAnswer> {
    const asked = parseInput(trajectoryRequestSchema, request, 'trajectory')
    return this.#under(asked, (subject, signal) =>
      this.#analyst.call({ method: 'trajectory', ...subject, walk: walkOf(asked) }, signal),
    )
  }

  integrability(request: IntegrabilityRequest): Promise<IntegrabilityAnswer> {
    return this.testIntegrability(request, false)
  }

  /** @param jacobian whether the Jacobian at the start comes back too, [D, D] */
  async testIntegrability(
    request: IntegrabilityRequest,
    jacobian: boolean,
  ): Promise<IntegrabilityAnswer & { jacobian: Float64Array | null }> {
    const asked = parseInput(integrabilityRequestSchema, request, 'integrability')
    return this.#under(asked, (subject, signal) =>
      this.#analyst.call({ method: 'integrability', ...subject, seed: asked.seed, jacobian }, signal),
    )
  }

  async plane(request: PlaneRequest): Promise<PlaneAnswer> {
    const asked = parseInput(planeRequestSchema, request, 'plane')
    const { n, extent } = asked
    return this.#under(asked, async (subject, signal, model) => {
      const plane = await this.#plane(model, asked.plane)
      return this.#analyst.call({ method: 'plane', ...subject, walk: walkOf(asked), plane, n, extent }, signal)
    })
  }

  async cancel({ ticket }: { ticket: string }): Promise<void> {
    this.#tickets.cancel(ticket)
  }

  get #analyst() {
    return this.dependencies.analyst
  }

  #under<Answer>(
    asked: z.output<typeof fieldRequestSchema>,
    work: (subject: Subject, signal: AbortSignal, model: AskedModel) => Promise<Answer>,
  ): Promise<Answer> {
    const { ticket, run, class: modelClass, x, y, slots, start, prepared } = asked
    return this.#tickets.under(ticket, async (signal) => {
      const model = await AskedModel.open(this.dependencies, run, modelClass)
      const subject = {
        name: model.run.name,
        class: modelClass,
        x: await model.pixels(x, 'x'),
        y: y === null ? null : await model.pixels(y, 'y'),
        slots,
        start,
        prepared,
        shape: model.shapes.y,
      }
      return work({ checkpoint: model.checkpoint, subject }, signal, model)
    })
  }

  async #plane(
    model: AskedModel,
    choice: PlaneChoice,
  ): Promise<Extract<AnalystFieldCall, { method: 'plane' }>['plane']> {
    if (choice.kind === 'iterates') return choice
    if (choice.kind === 'images') {
      const [a, b, c] = choice.images
      const look = (image: typeof a) => model.pixels(image, 'y')
      return { kind: 'images', images: [await look(a), await look(b), await look(c)] }
    }
    const { datasetInfo, name } = model.run
    if (datasetInfo === null) {
      throw new WorkbenchError('PLANE_NO_DATA', `${name} has no dataset here whose components could span a plane`, {
        where: 'plane',
        remedy: 'Choose the iterates or three images.',
      })
    }
    return { kind: 'pca', dataset: this.dependencies.store.datasets.path(datasetInfo), split: choice.split }
  }
}

const walkOf = ({ map, eps, steps }: z.output<typeof trajectoryRequestSchema>) => ({ map, eps, steps })
