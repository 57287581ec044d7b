import type { RouteLocationNormalizedLoaded, RouteLocationRaw } from 'vue-router'
import type { Screen } from './screens'

/** Screens that look at one pair under one model: they share it. */
const ofPairs = ['/pairs', '/transformations', '/dynamics']
const shared = ['class', 'x', 'y'] as const

/** Where a screen's link leads from here: from one screen of the pair to another, with the model and the pair. */
export function screenLink(screen: Screen, { path, query }: RouteLocationNormalizedLoaded): RouteLocationRaw {
  if (screen.path === path || !ofPairs.includes(screen.path) || !ofPairs.includes(path)) return screen.path
  const run = query.run ?? (typeof query.runs === 'string' ? query.runs.split(',')[0] : undefined)
  const pair = Object.fromEntries(shared.map((key) => [key, query[key]]))
  return { path: screen.path, query: { run, ...pair } }
}
