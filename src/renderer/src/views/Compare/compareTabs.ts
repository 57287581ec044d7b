import ImagesTab from './ImagesTab.vue'
import MetricsTab from './MetricsTab.vue'
import SpecTab from './SpecTab.vue'
import TestTab from './TestTab.vue'

/** Each takes `items`, what is compared, and the model `highlighted`: the id of the item that is pointed at, or null. */
export const compareTabs = {
  spec: SpecTab,
  metrics: MetricsTab,
  test: TestTab,
  images: ImagesTab,
} as const

export type CompareTab = keyof typeof compareTabs
export const compareTabNames = Object.keys(compareTabs) as CompareTab[]
