import { z } from 'zod'
import {
  fieldRequestSchema,
  integrabilityRequestSchema,
  planeRequestSchema,
  ticketSchema,
  trajectoryRequestSchema,
  type FieldAnswer,
  type IntegrabilityAnswer,
  type PlaneAnswer,
  type TrajectoryAnswer,
} from '../../shared/dynamics'
import { mutation, query, type ApiOf } from './acts'

/** A newer request under the same ticket cancels the older one (CANCELLED). */
export const dynamics = {
  field: query(fieldRequestSchema).gives<FieldAnswer>(),
  trajectory: query(trajectoryRequestSchema).gives<TrajectoryAnswer>(),
  integrability: query(integrabilityRequestSchema).gives<IntegrabilityAnswer>(),
  plane: query(planeRequestSchema).gives<PlaneAnswer>(),
  cancel: mutation(z.strictObject({ ticket: ticketSchema })).gives<void>(),
}

export type DynamicsApi = ApiOf<typeof dynamics>
