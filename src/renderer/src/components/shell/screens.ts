import { Database, FlaskConical, Scale, Shapes, Wind, House, ListOrdered, Plus, Rows3, Settings } from 'lucide-vue-next'
import type { Component } from 'vue'

export interface Screen {
  path: string
  title: string
  /** Where the rail is too narrow for the title: with soft hyphens. */
  railTitle?: string
  icon: Component
  keys: string
  /** Other words that the palette finds it by. */
  words: string
  /** Stands at the foot of the rail. */
  foot?: boolean
}

/** The screens of the rail, in its order. */
export const screens: readonly Screen[] = [
  { path: '/new', title: 'New run', icon: Plus, keys: 'N', words: 'train model preset spec queue' },
  { path: '/', title: 'Home', icon: House, keys: 'G H', words: 'start recent first steps' },
  { path: '/runs', title: 'Runs', icon: Rows3, keys: 'G R', words: 'list table results history' },
  { path: '/pairs', title: 'Pair lab', icon: FlaskConical, keys: 'G P', words: 'score energy batch gain images' },
  {
    path: '/transformations',
    title: 'Transformations',
    railTitle: 'Transfor\u00admations',
    icon: Shapes,
    keys: 'G T',
    words: 'filters weights factors mapping units apply',
  },
  {
    path: '/dynamics',
    title: 'Dynamics',
    icon: Wind,
    keys: 'G Y',
    words: 'vector field figure 2 trajectory integrability',
  },
  {
    path: '/compare',
    title: 'Compare',
    icon: Scale,
    keys: 'G C',
    words: 'side by side differences metrics significance test mcnemar seeds curves',
  },
  { path: '/data', title: 'Datasets', icon: Database, keys: 'G D', words: 'data import generate images' },
  { path: '/queue', title: 'Queue', icon: ListOrdered, keys: 'G Q', words: 'queued waiting jobs sweep order pause' },
  { path: '/settings', title: 'Settings', icon: Settings, keys: 'G S', words: 'options preferences', foot: true },
]

/** Whether a route belongs to a screen: "/runs/3f2a" to Runs. */
export const isOn = (screen: Screen, path: string): boolean =>
  screen.path === '/' ? path === '/' : path === screen.path || path.startsWith(`${screen.path}/`)
