/** Outlines of marks in a square of 2 about the middle, as SVG paths; ECharts and a canvas draw them alike. */
const outlines = [
  'M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z',
  'M-0.9 -0.9H0.9V0.9H-0.9Z',
  'M0 -1L1 0.8H-1Z',
  'M0 -1.1L1.1 0L0 1.1L-1.1 0Z',
  'M0 1L-1 -0.8H1Z',
  'M-0.35 -1H0.35V-0.35H1V0.35H0.35V1H-0.35V0.35H-1V-0.35H-0.35Z',
  'M-1 -0.6L-0.6 -1L0 -0.4L0.6 -1L1 -0.6L0.4 0L1 0.6L0.6 1L0 0.4L-0.6 1L-1 0.6L-0.4 0Z',
] as const

/** A class's mark by its label. Seven marks and ten colours: seventy classes before both are the same again. */
export const classMark = (label: number): string => outlines[label % outlines.length] ?? outlines[0]

/** The same as a symbol of ECharts. */
export const classSymbol = (label: number): string => `path://${classMark(label)}`
