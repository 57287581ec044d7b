import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { z } from 'zod'
import { splitNames } from '../../shared/datasets'
import { parseInput } from '../../shared/parse'
import { command, perform, type CommonOptions } from './command'
import { documentOf, evaluationText } from './evaluationText'
import { interruptible } from './interrupt'

interface EvaluateOptions extends CommonOptions {
  dataset: string
  split: string
  predictions?: string
}

const splitSchema = z.enum([...splitNames, 'all'])

export const evaluateCommand = (childFolder: string): Command =>
  command('evaluate', 'error, NLL and confusion matrix of a finished classifier')
    .argument('<run>', 'id, unique prefix of one, or unique name')
    .requiredOption('--dataset <name>', 'dataset to evaluate on')
    .option('--split <split>', 'train, valid, test or all', 'test')
    .option('--predictions <file>', 'writes index,label,predicted,s_0.. as CSV')
    .action((reference: string, options: EvaluateOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const split = parseInput(splitSchema, options.split, '--split')
        const { evaluation } = await app()
        const answer = await interruptible((signal) =>
          evaluation.evaluate({ run: reference, dataset: options.dataset, split }, signal),
        )
        if (options.predictions !== undefined) await writeFile(options.predictions, answer.predictionsCsv())
        const { run, dataset, evaluation: result, classesMatched, classes, notices } = answer
        if (!output.json) for (const notice of notices) output.note(notice)
        const { confusion } = result
        const found = {
          ...documentOf(result),
          ...(confusion && { confusion }),
          ...(classesMatched && { classesMatched, classes }),
          notices,
        }
        const lines = [
          ...evaluationText(`${run.name} on ${dataset.name}, ${split}:`, result),
          ...(classesMatched === null ? [] : [`  classes matched ${classesMatched}`]),
        ]
        output.result({ run: run.id, dataset: dataset.name, split, ...found }, lines.join('\n'))
      }),
    )
