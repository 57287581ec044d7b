/** Colours by role. `tokens.css` holds the same values for style sheets; a test keeps the two equal. */
export interface Palette {
  bg: string
  surface: string
  sunken: string
  selected: string
  text: string
  muted: string
  accent: string
  onAccent: string
  good: string
  warn: string
  bad: string
  edge: string
  /** Runs, in the order of creation. */
  runs: readonly string[]
  /** Classes, in label order: other colours than those of runs, and never without their marks. */
  classes: readonly string[]
}

export const light: Palette = {
  bg: '#f6f7f9',
  surface: '#ffffff',
  sunken: '#eceef2',
  selected: '#dce8fa',
  text: '#1b1f26',
  muted: '#565d68',
  accent: '#1f5fbf',
  onAccent: '#ffffff',
  good: '#17692f',
  warn: '#8a5200',
  bad: '#b3261e',
  edge: '#7a828e',
  runs: ['#0465ac', '#c66f00', '#3a9d7c', '#b23446', '#747bfc', '#603007', '#745e70', '#002a81'],
  classes: [
    ...['#077d6c', '#fd087f', '#5785ff', '#7b9900', '#830802'],
    ...['#1f12ff', '#9a87a7', '#6c7538', '#a0008b', '#5d353a'],
  ],
}

export const dark: Palette = {
  bg: '#14171c',
  surface: '#1c2027',
  sunken: '#0f1115',
  selected: '#24364f',
  text: '#e6e9ee',
  muted: '#a3abb8',
  accent: '#7fb2ff',
  onAccent: '#0f1115',
  good: '#6cc585',
  warn: '#e5b05c',
  bad: '#ff8a80',
  edge: '#7c8694',
  runs: ['#4676fb', '#e88200', '#06b98d', '#c3413f', '#acc6fe', '#ffed7c', '#9a618c', '#e6ece4'],
  classes: [
    ...['#49f2ed', '#cc1398', '#96a9ff', '#bcee12', '#de0304'],
    ...['#815ef9', '#c389a1', '#9da473', '#e1debb', '#4e775f'],
  ],
}

/** A run's colour by its place in the palette, which begins anew after the last. */
export const runColour = (palette: Palette, place: number): string =>
  palette.runs[place % palette.runs.length] ?? palette.text

/** A class's colour by its label; its mark tells it from the class that has the same one. */
export const classColour = (palette: Palette, label: number): string =>
  palette.classes[label % palette.classes.length] ?? palette.text
