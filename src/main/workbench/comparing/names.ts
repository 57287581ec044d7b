/** A number at the end, what joins it to the name, and a word for a seed: "-s", " seed ", "_". */
const numbered = /[\s\-_.,:;#(=]*(?:\b|_)(?:seed|s)?[\s\-_.,:;#(=]*\d*$/i

/**
 * What the names of a group's runs begin with, without what tells its runs apart: "rect-1", "rect-2" are "rect"; the
 * first name where they have nothing in common.
 * @param names not empty
 */
export function groupName(names: readonly string[]): string {
  const [first, ...others] = names
  if (others.length === 0) return first
  let length = 0
  while (length < first.length && others.every((name) => name[length] === first[length])) length++
  return first.slice(0, length).replace(numbered, '') || first
}

/** Names that are told apart: those that several have get the id behind them. */
export const namesApart = (named: readonly { name: string; id: string }[]): string[] =>
  named.map(({ name, id }) => (named.filter((other) => other.name === name).length > 1 ? `${name} ${id}` : name))
