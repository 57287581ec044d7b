import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, startCli } from '../support/cli'

const spec = {
  model: { kind: 'mcae', hidden: 60, factors: 60, mappings: 20, factorStd: 0.1 },
  dataset: 'rect',
  preprocess: { contrast: true },
  optimizer: { kind: 'adam', learningRate: 0.001 },
  epochs: 60,
  batchSize: 20,
  classifier: { finetune: 'all', epochs: 4, batchSize: 50, learningRate: 0.0003 },
}

interface RunDocument {
  run: string
  status: string
  epochs: number
  valid: { error: number; nll: number; loss: number }
  test: { error: number; nll: number; loss: number; n: number }
}

let folder: string
let specFile: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-resume-'))
  specFile = join(folder, 'spec.json')
  await writeFile(specFile, JSON.stringify(spec))
  const made = await cli(
    'datasets',
    'generate',
    'rectangles',
    '--train',
    '800',
    '--valid',
    '100',
    '--test',
    '300',
    '--name',
    'rect',
    '--data',
    folder,
  )
  expect(made.code).toBe(0)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Trains until the wanted progress is told, then kills main with no chance to tidy up. */
async function killedTraining(name: string, when: (progress: { phase: string; epoch: number }) => boolean) {
  const running = startCli(['train', specFile, '--name', name, '--data', folder], (line) => {
    const progress = JSON.parse(line) as { phase: string; epoch: number }
    if (when(progress)) running.child.kill('SIGKILL')
  })
  return running.result
}

describe('resume after kill -9 of main', () => {
  let undisturbed: RunDocument

  beforeAll(async () => {
    const { code, document } = await cli('train', specFile, '--name', 'undisturbed', '--data', folder)
    expect(code).toBe(0)
    undisturbed = document as RunDocument
  })

  it.each([
    [
      'pre-training',
      (progress: { phase: string; epoch: number }) => progress.phase === 'pretrain' && progress.epoch >= 8,
    ],
    ['fine-tuning', (progress: { phase: string; epoch: number }) => progress.phase === 'fit' && progress.epoch >= 1],
  ])('in %s ends at the figures of an undisturbed run', async (phase, when) => {
    const name = `killed in ${phase}`
    const killed = await killedTraining(name, when)
    expect(killed.signal).toBe('SIGKILL')
    expect(killed.document).toBeUndefined()

    const { code, document, errors } = await cli('resume', name, '--data', folder)
    expect(errors.at(-1)).not.toContain('"error"')
    expect(code).toBe(0)
    const resumed = document as RunDocument
    expect(resumed.status).toBe('done')
    expect(resumed.epochs).toBe(undisturbed.epochs)
    for (const split of ['valid', 'test'] as const) {
      expect(resumed[split].loss).toBeCloseTo(undisturbed[split].loss, 4)
      expect(Math.abs(resumed[split].nll - undisturbed[split].nll)).toBeLessThan(1e-5)
      expect(resumed[split].error).toBe(undisturbed[split].error)
    }
  })

  it('leaves no trainer behind', async () => {
    const killed = startCli(['train', specFile, '--name', 'orphans', '--data', folder], () =>
      killed.child.kill('SIGSTOP'),
    )
    await new Promise((resolve) => killed.child.stderr?.once('data', resolve))
    const { execFileSync } = await import('node:child_process')
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(killed.child.pid)], { encoding: 'utf8' })
    const pids = children
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0)
    expect(pids.length).toBeGreaterThan(0)
    killed.child.kill('SIGKILL')
    await expect.poll(() => pids.filter(alive), { timeout: 10_000 }).toEqual([])
  })
})

describe('refusals', () => {
  it('does not resume what is finished', async () => {
    const { code, errors } = await cli('resume', 'undisturbed', '--data', folder)
    expect(code).toBe(2)
    expect(JSON.parse(errors.at(-1) ?? '{}')).toMatchObject({ error: { code: 'RUN_NOT_RESUMABLE' } })
  })
})
