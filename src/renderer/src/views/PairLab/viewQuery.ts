import { defaultViewOptions, type ViewOptions } from '../../../../shared/views'

/** Words of a route for every step that is not as by default: "red,fit,inverted". */
const words: Record<string, Partial<ViewOptions>> = {
  red: { channel: 'red' },
  green: { channel: 'green' },
  blue: { channel: 'blue' },
  white: { background: 'white' },
  fit: { frame: 'fit' },
  nearest: { resampling: 'nearest' },
  inverted: { invert: true },
}

/** Words that are unknown change nothing. */
export function parseView(text: string | null): ViewOptions {
  const chosen = (text ?? '').split(',').map((word) => (Object.hasOwn(words, word) ? words[word] : {}))
  return Object.assign({}, defaultViewOptions, ...chosen) as ViewOptions
}

export function formatView(view: ViewOptions): string | null {
  const chosen = Object.entries(words).filter(([, step]) =>
    Object.entries(step).every(([key, value]) => view[key as keyof ViewOptions] === value),
  )
  return chosen.length === 0 ? null : chosen.map(([word]) => word).join(',')
}
