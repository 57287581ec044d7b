/** Something that a screen can give away as a file. */
export interface ExportItem {
  /** "THING, FORMAT", e.g. "Confusion matrix, CSV" */
  name: string
  save: () => unknown
}
