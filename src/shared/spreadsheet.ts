/** What a spreadsheet takes for a formula, a name of an import or of a class for one; a plain number is none. */
const formula = /^(?![+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$)[=+\-@\t\r\n＝＋－＠]/i

/** Text with an apostrophe before it where a spreadsheet would run it; the apostrophe is its mark of a text. */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text)
