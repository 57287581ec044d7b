/**
 * Imports go downwards only. A layer may import itself, the layers listed for it, and src/shared.
 * @type {Record<string, string[]>}
 */
const layers = {
  compute: [],
  models: ['compute'],
  dynamics: ['models', 'compute'],
  children: [],
  store: [],
  query: ['store'],
  statistics: [],
  sweeps: ['models', 'compute'],
  saved: ['models', 'compute', 'store'],
  images: [],
  datasets: ['store', 'images', 'statistics'],
  training: ['saved', 'models', 'compute', 'datasets', 'store', 'statistics', 'children'],
  analysis: ['dynamics', 'saved', 'models', 'compute', 'datasets', 'images', 'store', 'children'],
  api: [],
  page: [],
  served: ['api', 'page'],
  desktop: ['api', 'page', 'children'],
  start: [],
  bench: ['workbench', 'training', 'saved', 'models', 'compute', 'children', 'store'],
  workbench: [
    'api',
    'training',
    'analysis',
    'dynamics',
    'datasets',
    'images',
    'saved',
    'query',
    'sweeps',
    'statistics',
    'store',
    'models',
    'compute',
    'children',
  ],
}

const layerRules = Object.entries(layers).map(([layer, below]) => ({
  name: `${layer}-imports-downwards`,
  comment: `src/main/${layer} may import ${[layer, ...below, 'src/shared'].join(', ')}.`,
  severity: 'error',
  from: { path: `^src/main/${layer}/` },
  to: { path: '^src/', pathNot: [`^src/main/(${[layer, ...below].join('|')})/`, '^src/shared/'] },
}))

/**
 * The same within the renderer, by paths below src/renderer/src; types of src/main/api come with a rule of their own.
 * App.vue, main.ts and router.ts put it together: no layer imports them.
 * @type {Record<string, string[]>}
 */
const rendererLayers = {
  'format.ts': [],
  styles: [],
  'components/base': [],
  api: [],
  export: [],
  charts: ['styles', 'format.ts'],
  specForm: ['format.ts'],
  stores: ['api', 'styles', 'format.ts'],
  commands: ['stores'],
  composables: ['stores', 'charts', 'api', 'format.ts'],
  components: ['composables', 'commands', 'stores', 'charts', 'export', 'api', 'styles', 'format.ts'],
  views: [
    'components',
    'composables',
    'commands',
    'stores',
    'specForm',
    'charts',
    'export',
    'api',
    'styles',
    'format.ts',
  ],
}

const rendererLayerRules = Object.entries(rendererLayers).map(([layer, below]) => ({
  name: `renderer-${layer.replace(/\W/, '-')}-imports-downwards`,
  comment: `src/renderer/src/${layer} may import ${[layer, ...below].join(', ')} of the renderer, and src/shared.`,
  severity: 'error',
  from: { path: `^src/renderer/src/${layer}(/|$)` },
  to: { path: '^src/renderer/', pathNot: `^src/renderer/src/(${[layer, ...below].join('|')})(/|$)` },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    ...rendererLayerRules,
    {
      name: 'views-know-no-other-view',
      comment: 'What two views share goes down into components or composables.',
      severity: 'error',
      from: { path: '^src/renderer/src/views/([^/]+)/' },
      to: { path: '^src/renderer/src/views/', pathNot: '^src/renderer/src/views/$1/' },
    },
    {
      name: 'no-cycles',
      comment: 'Files that import one another in a circle have no order: what both need is a file of its own.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'shared-is-below-all',
      comment: 'src/shared may import src/shared, zod, @msgpack.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/(main|preload|renderer)/' },
    },
    {
      name: 'shared-imports-few-packages',
      comment: 'What crosses a process is plain data: schemas and the codec of frames.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/(zod|@msgpack)/' },
    },
    {
      name: 'electron-stays-on-the-rim',
      comment: 'Electron is known to src/main/desktop, src/main/index.ts and src/preload alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/desktop/|main/index\\.ts$|preload/)' },
      to: { path: '(^|node_modules/)electron(/|$)' },
    },
    {
      name: 'renderer-imports-shared-and-types-of-the-api',
      comment: 'src/renderer may import src/renderer, src/shared, types of src/main/api.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/(main|preload)/', pathNot: '^src/main/api/' },
    },
    {
      name: 'renderer-takes-types-only-from-the-api',
      comment:
        'From src/main/api the page takes types alone (`import type`): the code behind them runs in another process.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/main/api/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-has-no-node',
      comment: "The page, and what it shares with main, runs in a browser: none of Node's own modules is there.",
      severity: 'error',
      from: { path: '^src/(renderer|shared)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-knows-no-screen',
      comment: 'Main knows no screen: what both need is in src/shared.',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/renderer/' },
    },
    {
      name: 'product-knows-no-test',
      comment: 'The product runs without its tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'resolvable',
      comment: 'What is imported has to be there.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '\\?(modulePath|asset)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
