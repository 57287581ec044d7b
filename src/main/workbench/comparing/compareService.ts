import type { ComparedAnswer, ComparedReference } from '../../../shared/comparing'
import type { CompareApi } from '../../api/compare'
import type { Store } from '../../store/store'
import { comparedOf } from './compared'

/** Runs and groups of runs side by side, as the screen Compare asks for them. */
export class CompareService implements CompareApi {
  constructor(private readonly store: Store) {}

  items({ items }: { items: ComparedReference[] }): Promise<ComparedAnswer> {
    return comparedOf(this.store, items)
  }
}
