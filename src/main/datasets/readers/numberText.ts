import { WorkbenchError } from '../../../shared/errors'

/** Hexadecimal and the like, which `Number` would take: a letter follows the first digit, and it is no exponent. */
const isOtherNotation = (text: string): boolean => text.charCodeAt(1) > 0x40 && /^0[xob]/i.test(text.trim())
const notANumber = /^[+-]?(nan|inf|infinity)(\(.*\))?$/i
/** Longest part of a wrong value that an error shows. */
const shownCharacters = 24

/**
 * A decimal number, as a text file has it.
 * @param code of the error for what is no number
 * @throws NOT_FINITE for NaN, infinity and what float32 cannot hold; `code` for words and missing values
 */
export function parseNumber(text: string, code: string, where: () => string): number {
  const value = Number(text)
  // Number('') is 0, and float32 knows no numbers above 3.4e38.
  if (value === 0 ? text.trim() !== '' : Number.isFinite(Math.fround(value)) && !isOtherNotation(text)) return value
  if (text.trim() === '') throw refuse(code, where(), 'A value is missing')
  const shown = JSON.stringify(text.length > shownCharacters ? `${text.slice(0, shownCharacters)}...` : text)
  const isNumber = (!Number.isNaN(value) && !isOtherNotation(text)) || notANumber.test(text.trim())
  throw isNumber
    ? refuse('NOT_FINITE', where(), `${shown} is no finite number`)
    : refuse(code, where(), `${shown} is no number`)
}

/** @throws `code` for what is no whole number */
export function parseLabel(text: string, code: string, where: () => string): number {
  const value = parseNumber(text, code, where)
  if (Number.isSafeInteger(value)) return value
  throw new WorkbenchError(code, `Label ${text} is no class`, { where: where(), remedy: 'Number the classes.' })
}

const refuse = (code: string, where: string, message: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy: 'Correct it; nothing was imported.' })
