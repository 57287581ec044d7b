import type { ChartOption } from '../../charts/echarts'
import { axisStyle, chartFont, tooltipStyle } from '../../charts/axes'
import type { TableData } from '../../components/charts/DataTable.vue'
import type { Palette } from '../../styles/palette'
import type { ShownTrajectory } from './useDynamics'

/** What each step must reach at least: the energy before it and the promised rise. */
export const promisedEnergies = ({ energies, promisedRise }: ShownTrajectory): (number | null)[] =>
  energies === null || promisedRise === null
    ? []
    : Array.from(energies, (_, step) => (step === 0 ? null : energies[step - 1] + promisedRise[step - 1]))

/** Energy (or, without one, the field's length) along a trajectory, with the least that theory promises for each step. */
export function trajectoryChart(trajectory: ShownTrajectory, palette: Palette): ChartOption {
  const { energies, norms } = trajectory
  const promised = promisedEnergies(trajectory)
  const line = (name: string, values: readonly (number | null)[], colour: string, type: 'solid' | 'dashed') => ({
    name,
    type: 'line',
    data: values.map((value, step) => [step, value]),
    color: colour,
    symbolSize: 5,
    lineStyle: { width: 2, type },
  })
  return {
    animation: false,
    textStyle: { fontFamily: chartFont, color: palette.text },
    grid: { left: 76, right: 16, top: 32, bottom: 44 },
    legend: { top: 0, left: 0, textStyle: { color: palette.text, fontSize: 12 }, itemHeight: 8 },
    tooltip: { ...tooltipStyle(palette), trigger: 'axis' },
    xAxis: { ...axisStyle(palette), type: 'value', name: 'step', minInterval: 1, max: Math.max(1, norms.length - 1) },
    yAxis: {
      ...axisStyle(palette),
      type: 'value',
      scale: true,
      name: energies === null ? '‖F‖' : 'energy',
      nameGap: 56,
    },
    series: [
      line(energies === null ? '‖F‖' : 'energy', [...(energies ?? norms)], palette.accent, 'solid'),
      ...(promised.length > 0 ? [line('least promised by the step before', promised, palette.warn, 'dashed')] : []),
    ],
  }
}

/** The same as numbers. */
export function trajectoryTable({ energies, norms, promisedRise, offPlane }: ShownTrajectory): TableData {
  return {
    columns: ['step', 'energy', 'rise', 'promised rise', '‖F‖', 'off the plane'],
    rows: Array.from(norms, (norm, step) => [
      step,
      energies?.[step] ?? null,
      step === 0 || energies === null ? null : energies[step] - energies[step - 1],
      step === 0 ? null : (promisedRise?.[step - 1] ?? null),
      norm,
      offPlane[step] ?? null,
    ]),
  }
}
