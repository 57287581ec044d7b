import type { Command } from 'commander'
import { z } from 'zod'
import { silenceText } from '../children/pulse'
import { splitNames } from '../../shared/datasets'
import { parseInput } from '../../shared/parse'
import { command, perform, type CommonOptions } from './command'
import { documentOf, evaluationText } from './evaluationText'
import { interruptible } from './interrupt'
import { checkOutput, writeOutput } from './outputFile'

interface EvaluateOptions extends CommonOptions {
  dataset: string
  split: string
  predictions?: string
  forSpreadsheets?: boolean
}

const splitSchema = z.enum([...splitNames, 'all'])

export const evaluateCommand = (childFolder: string): Command =>
  command('evaluate', 'error, NLL and confusion matrix of a finished classifier')
    .argument('<run>', 'id, unique prefix of one, or unique name')
    .requiredOption('--dataset <name>', 'dataset to evaluate on')
    .option('--split <split>', 'train, valid, test or all', 'test')
    .option('--predictions <file>', 'writes index,label,predicted,s_0.. as CSV')
    .option(
      '--for-spreadsheets',
      "names of the classes too; those that begin with = + - @ get a ' before them, and are no formulas",
    )
    .action((reference: string, options: EvaluateOptions) =>
      perform(options, childFolder, async ({ output, app }) => {
        const split = parseInput(splitSchema, options.split, '--split')
        if (options.predictions !== undefined) await checkOutput(options.predictions)
        const { evaluation } = await app()
        const answer = await interruptible((signal) =>
          evaluation.evaluate({ run: reference, dataset: options.dataset, split }, signal, (silence) => {
            if (silence !== null) output.note(`The trainer process is ${silenceText(silence)}. Ctrl-C ends it.`)
          }),
        )
        if (options.predictions !== undefined) {
          const { forSpreadsheets = false } = options
          await writeOutput(options.predictions, answer.predictionsCsv({ forSpreadsheets }))
          if (forSpreadsheets)
            output.note(`${options.predictions}: names that begin with = + - @ have a ' before them.`)
        }
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
