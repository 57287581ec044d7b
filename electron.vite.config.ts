import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Programs of the main side; each becomes `out/main/NAME.js`. */
const entries = {
  index: 'src/main/index.ts',
  cli: 'src/main/cli.ts',
  start: 'src/main/start.ts',
  trainer: 'src/main/training/trainer.ts',
  analyst: 'src/main/analysis/analyst.ts',
  bench: 'src/main/bench/bench.ts',
}

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // Read from its hundred files, zod alone takes as long as Node's own start.
      externalizeDeps: { exclude: ['zod'] },
      rollupOptions: {
        input: entries,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Chunks lie beside the entries, so that `import.meta.dirname` is the same folder in both.
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but electron.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue()],
    build: {
      minify: true,
      // ECharts' part; it is read from this machine's disk.
      chunkSizeWarningLimit: 1000,
      manifest: true,
    },
  },
})
