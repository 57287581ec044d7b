import { LabelColumn } from './labelColumn'
import { PixelColumn } from './pixelColumn'
import type { PixelBlock, RowSink } from './readers/reader'
import type { Spool } from './spool'

/** Makes room for the pixels of an array; null where they are only looked at. */
export type MakeSpool = () => Promise<Spool | null>

/** All that one file, or one folder of images, gives. */
export class FileRows implements RowSink {
  x: PixelColumn | null = null
  y: PixelColumn | null = null
  classes: LabelColumn | null = null

  /** @param where the file's name in errors */
  constructor(
    readonly where: string,
    private readonly makeSpool: MakeSpool,
  ) {}

  async pixels(array: 'x' | 'y', block: PixelBlock): Promise<void> {
    this[array] ??= new PixelColumn(this.where, await this.makeSpool())
    await this[array].append(block)
  }

  labels(values: ArrayLike<number>): void {
    this.classes ??= new LabelColumn(this.where)
    this.classes.append(values)
  }
}
