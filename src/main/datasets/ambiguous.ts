import { WorkbenchError } from '../../shared/errors'

/**
 * A file that can be read in two ways: an import stops rather than choose.
 * @param message both readings
 * @param options that choose one, as the command line has them
 */
export const ambiguous = (where: string, message: string, options: readonly [string, string]): WorkbenchError =>
  new WorkbenchError('AMBIGUOUS', message, {
    where,
    remedy: `Say which: ${options[0]}, or ${options[1]}.`,
    choices: [...options],
  })
