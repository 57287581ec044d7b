import type { WorkbenchEvent } from '../../shared/events'
import { nothing, stream } from './acts'

export const events = {
  /** Events from now on. */
  follow: stream(nothing).gives<WorkbenchEvent>(),
}
