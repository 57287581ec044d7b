import { z } from 'zod'
import { ticketSchema } from '../../shared/dynamics'
import {
  applyRequestSchema,
  filtersRequestSchema,
  interpolateRequestSchema,
  mappingUnitRequestSchema,
  type ApplyAnswer,
  type FiltersAnswer,
  type InterpolateAnswer,
  type MappingUnitAnswer,
} from '../../shared/transformations'
import { mutation, query, type ApiOf } from './acts'

/** A newer request under the same ticket cancels the older one (CANCELLED). */
export const transformations = {
  filters: query(filtersRequestSchema).gives<FiltersAnswer>(),
  mappingUnit: query(mappingUnitRequestSchema).gives<MappingUnitAnswer>(),
  /** `apply` of the command line; tRPC keeps that name for itself. */
  transform: query(applyRequestSchema).gives<ApplyAnswer>(),
  interpolate: query(interpolateRequestSchema).gives<InterpolateAnswer>(),
  cancel: mutation(z.strictObject({ ticket: ticketSchema })).gives<void>(),
}

export type TransformationsApi = ApiOf<typeof transformations>
