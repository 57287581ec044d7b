/** What can be asked of a run: how its values are written, and where the store has them. */
export interface Key {
  path: string
  /** choice: text of a few words; time: to the day, the minute or the second; part: of a spec, only there or not. */
  type: 'text' | 'choice' | 'number' | 'boolean' | 'time' | 'part'
  /** Words of a choice. */
  choices: readonly string[]
  /** Over the table `runs`; our own text, never a user's. */
  sql: string
  /** Where a run may have several: the rows that `sql` is of, "run_tags WHERE run_tags.run = runs.id". */
  rows: string | null
  /** "test error", where it is a figure of the test split. */
  testFigure: string | null
}

export const key = (
  path: string,
  type: Key['type'],
  sql: string,
  more: Partial<Pick<Key, 'choices' | 'rows' | 'testFigure'>> = {},
): Key => ({ path, type, sql, choices: [], rows: null, testFigure: null, ...more })
