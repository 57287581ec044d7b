import { grammar } from 'ohm-js'

/** Words that are no values, unless in quotes. */
export const reserved = ['and', 'or', 'not', 'in', 'is', 'null'] as const

/** The filter language; what is in brackets behind a name is what an error says is expected. */
export const filterGrammar = grammar(String.raw`
  Filter {
    Filter = Or
    Or = NonemptyListOf<And, or>
    And = NonemptyListOf<Not, and>
    Not = not* Term
    Term
      = "(" Or ")" -- group
      | key in "(" NonemptyListOf<value, ","> ")" -- in
      | key is not null -- notNull
      | key is null -- null
      | key operator value -- compare

    key (a key) = word
    value (a value) = quoted | word
    operator (one of = != < <= > >= ~) = "!=" | "<=" | ">=" | "=" | "<" | ">" | "~"

    quoted = "\"" inDouble* "\"" -- double
      | "'" inSingle* "'" -- single
    inDouble = "\\" any -- escape
      | ~"\"" any -- plain
    inSingle = "\\" any -- escape
      | ~"'" any -- plain

    word = ~reserved wordCharacter+
    wordCharacter = ~(space | "(" | ")" | "," | "=" | "!" | "<" | ">" | "~" | "\"" | "'") any

    reserved = ${reserved.join(' | ')}
${reserved.map((word) => `    ${word} ("${word}") = caseInsensitive<"${word}"> ~wordCharacter`).join('\n')}
  }
`)
