import { useRouter } from 'vue-router'
import { useRunsStore } from '../stores/runs'
import { useAction } from './useAction'

/** Opens the model that comes with the workbench, with its first pair, in the Pair lab. */
export function useSampleModel() {
  const runs = useRunsStore()
  const router = useRouter()
  const { running, error, run } = useAction()

  const open = () =>
    run(async () => {
      const { run: sample, pairs } = await runs.openSample()
      const [first] = pairs
      const query = { runs: sample.id, x: first?.x.image.sha256, y: first?.y.image.sha256 }
      await router.push({ name: 'pairs', query })
    })

  return { running, error, open }
}
