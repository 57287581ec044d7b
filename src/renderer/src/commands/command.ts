export type CommandGroup = 'Go to' | 'Do' | 'View' | 'Open run' | 'Open dataset' | 'Link'

/** Something that a user can do: one list feeds the palette, the keys and the help. */
export interface Command {
  /** Stable name, under which changed keys are kept. */
  id: string
  title: string
  /** Other words that it is looked for by. */
  words?: string
  group: CommandGroup
  /** Its own keys, e.g. "Mod+K", "G H", "?"; changeable in Settings, Keys. */
  keys?: string
  run: () => unknown
}
