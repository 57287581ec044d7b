import CalibrationTab from './CalibrationTab.vue'
import ClassesTab from './ClassesTab.vue'
import ConfusionTab from './ConfusionTab.vue'
import CurvesTab from './CurvesTab.vue'
import ImagesTab from './ImagesTab.vue'
import MetricsTab from './MetricsTab.vue'
import ParallelTab from './ParallelTab.vue'
import ScatterTab from './ScatterTab.vue'
import SpecTab from './SpecTab.vue'
import TestTab from './TestTab.vue'

/** Each takes `items`, what is compared, and the model `highlighted`: the id of the item that is pointed at, or null. */
export const compareTabs = {
  curves: CurvesTab,
  spec: SpecTab,
  metrics: MetricsTab,
  parallel: ParallelTab,
  scatter: ScatterTab,
  test: TestTab,
  classes: ClassesTab,
  calibration: CalibrationTab,
  confusion: ConfusionTab,
  images: ImagesTab,
} as const

export type CompareTab = keyof typeof compareTabs
export const compareTabNames = Object.keys(compareTabs) as CompareTab[]
