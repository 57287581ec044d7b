import type { SplitName } from '../../shared/datasets'
import { LabelColumn } from './labelColumn'
import { PixelColumn } from './pixelColumn'
import type { PartSink, PixelBlock, RowSink } from './readers/reader'
import { RowLabels } from './rowLabels'
import type { Spool } from './spool'

/** Makes room for the pixels of an array; null where they are only looked at. */
export type MakeSpool = () => Promise<Spool | null>

/** What one file, or one folder of images, gives of one split. */
export class FileRows implements RowSink {
  x: PixelColumn | null = null
  y: PixelColumn | null = null
  classes: LabelColumn | null = null
  /** Labels that the rows of y may be. */
  readonly yLabels = new RowLabels()

  /** @param where the file's name in errors */
  constructor(
    readonly where: string,
    private readonly makeSpool: MakeSpool,
  ) {}

  async pixels(array: 'x' | 'y', block: PixelBlock): Promise<void> {
    this[array] ??= new PixelColumn(this.where, await this.makeSpool())
    await this[array].append(block)
    if (array === 'y') this.yLabels.append(block)
  }

  labels(values: ArrayLike<number>): void {
    this.classes ??= new LabelColumn(this.where)
    this.classes.append(values)
  }

  labelText(text: string, code: string, where: () => string): void {
    this.classes ??= new LabelColumn(this.where)
    this.classes.appendText(text, code, where)
  }
}

/** What one file gives, by the splits that it names itself. */
export class FileParts implements PartSink {
  readonly parts = new Map<SplitName | null, FileRows>()

  constructor(
    private readonly where: string,
    private readonly makeSpool: MakeSpool,
  ) {}

  part(split: SplitName | null): FileRows {
    const known = this.parts.get(split)
    if (known !== undefined) return known
    const rows = new FileRows(split === null ? this.where : `${this.where}, ${split}`, this.makeSpool)
    this.parts.set(split, rows)
    return rows
  }
}
