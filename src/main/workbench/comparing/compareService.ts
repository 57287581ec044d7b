import type {
  ComparedAnswer,
  ComparedOverview,
  ComparedReference,
  SeedsAnswer,
  ToldApartPage,
  ToldApartQuery,
} from '../../../shared/comparing'
import type { TestsAnswer, TestsQuery } from '../../../shared/significance'
import type { CompareApi } from '../../api/compare'
import type { Store } from '../../store/store'
import { comparedOf } from './compared'
import { testItems } from './itemTests'
import { overviewOf } from './overview'
import { seedsOf } from './seeds'
import { toldApart } from './toldApart'

interface Items {
  items: ComparedReference[]
}

/** Runs and groups of runs side by side, as the screen Compare asks for them. */
export class CompareService implements CompareApi {
  constructor(private readonly store: Store) {}

  items({ items }: Items): Promise<ComparedAnswer> {
    return comparedOf(this.store, items)
  }

  seeds({ run }: { run: string }): Promise<SeedsAnswer> {
    return seedsOf(this.store, run)
  }

  async overview({ items }: Items): Promise<ComparedOverview> {
    return overviewOf((await comparedOf(this.store, items)).items)
  }

  async tests({ items, ...asked }: TestsQuery): Promise<TestsAnswer> {
    return testItems(this.store, (await comparedOf(this.store, items)).items, asked)
  }

  images(query: ToldApartQuery): Promise<ToldApartPage> {
    return toldApart(this.store, query)
  }
}
