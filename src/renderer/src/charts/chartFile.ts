import { init, type ChartOption } from './echarts'

export interface ChartFile {
  option: ChartOption
  width: number
  height: number
  background: string
  /** Where the numbers come from, written below the drawing: run, seed, dataset hash. */
  source: string
  colour: string
}

const sourced = ({ option, source, colour }: ChartFile): ChartOption => ({
  ...option,
  grid: { ...(option.grid as object), bottom: 32 },
  title: { text: source, bottom: 4, left: 12, textStyle: { fontSize: 11, fontWeight: 'normal', color: colour } },
})

/** The chart as SVG text. */
export function chartSvg(file: ChartFile): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: file.width, height: file.height })
  chart.setOption({ backgroundColor: file.background, ...sourced(file) })
  const text = chart.renderToSVGString()
  chart.dispose()
  return text
}

/** The chart as PNG bytes, two pixels a unit; needs a page with a canvas. */
export async function chartPng(file: ChartFile): Promise<Blob> {
  const chart = init(document.createElement('canvas'), null, {
    renderer: 'canvas',
    width: file.width,
    height: file.height,
    devicePixelRatio: 2,
  })
  chart.setOption(sourced(file))
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: file.background })
  chart.dispose()
  return dataUrlBlob(url)
}

/** `fetch` of a data: address is not allowed by the page's policy, so it is decoded here. */
function dataUrlBlob(url: string): Blob {
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0))
  return new Blob([bytes], { type: 'image/png' })
}
