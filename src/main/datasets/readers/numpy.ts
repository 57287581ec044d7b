import { WorkbenchError } from '../../../shared/errors'
import { isNpy, parseNpy } from '../npy'
import { arrayName } from '../npz'
import { isZip, zipEntries, type ZipEntry } from '../zip'
import type { Work } from '../work'
import { formatUnknown } from './formats'
import { blocksOf, type InputFile } from './inputFile'
import { arrayPlace, type ArrayPlace } from './npzNames'
import { readArray } from './numpyArray'
import { ownDescription, type OwnDescription } from './ownExport'
import { factsOf, type Reader, type ReadFacts, type ReadOptions } from './reader'
import { zipBlocks } from './zipBlocks'

/** A NumPy archive with images and, where there are labels or partners, those; perhaps by splits. */
export const npzReader: Reader = {
  format: 'npz',
  matches: isZip,
  async read(file, sink, work, options) {
    const { name } = file
    const entries = (await zipEntries(file.size, file.read, name)).filter((entry) => arrayName(entry.name) !== null)
    if (entries.length === 0) throw formatUnknown(name, 'The zip archive holds no NumPy arrays')
    const own = await describedBy(entries, file, work)
    const { wanted, skipped } = chosen(entries, options, own !== null, name)
    const facts = factsOf({
      recipe: { arrays: wanted.map(({ entry }) => arrayName(entry.name)) },
      scale: own === null ? null : 'keep',
      classNames: own?.classes ?? null,
      shapes: own === null ? null : { x: own.shape, y: own.targetShape },
      skipped,
    })
    for (const { entry, array, split } of wanted) {
      const title = arrayName(entry.name) ?? entry.name
      const blocks = zipBlocks(file, entry, `${name}, ${entry.name}`, work)
      // numpy calls an array so that was given no name: it may be anything.
      const as = title === 'arr_0' && wanted.length === 1 && options.role !== 'labels' ? null : array
      const read = await readArray(as, blocks, entry.size, `${name}, ${title}`, sink.part(split))
      if (array === 'y' || read.isLabels) facts.labelsFrom ??= `array ${title}`
      if (read.said !== null && facts.notices.every((notice) => !notice.endsWith(`${read.said}.`))) {
        facts.notices.push(`${title}: ${read.said}.`)
      }
    }
    return facts
  },
}

interface Wanted extends ArrayPlace {
  entry: ZipEntry
}

/** Which arrays are read: by their names; an only array of whatever name is one of images, or of labels. */
function chosen(
  entries: readonly ZipEntry[],
  { role }: ReadOptions,
  isOwn: boolean,
  file: string,
): { wanted: Wanted[]; skipped: ReadFacts['skipped'] } {
  const named = entries.flatMap((entry) => {
    const place = arrayPlace(arrayName(entry.name) ?? '')
    return place === null ? [] : [{ entry, ...place }]
  })
  const wanted =
    role === 'labels'
      ? labelsAmong(named, entries)
      : named.some(({ array }) => array === 'x')
        ? named.filter(({ array }) => role === 'all' || array === 'x')
        : named
  checkOnce(wanted, file)
  if (wanted.length === 0) {
    const found = entries.map((entry) => arrayName(entry.name)).slice(0, 8)
    throw new WorkbenchError(
      'NPZ_NAMES',
      `There is no array ${role === 'labels' ? 'y' : 'x'}; it has ${found.join(', ')}`,
      {
        where: file,
        remedy: 'Save images as x (or x_train, x_test) and labels or partners as y.',
      },
    )
  }
  const skipped = entries
    .filter((entry) => !wanted.some((one) => one.entry === entry) && !(isOwn && arrayName(entry.name) === 'meta'))
    .map((entry) => ({
      what: `array ${arrayName(entry.name)}`,
      why:
        role === 'images' && arrayPlace(arrayName(entry.name) ?? '') !== null
          ? 'labels come from a file of their own'
          : 'its name is neither of images nor of labels',
      n: 1,
    }))
  return { wanted, skipped }
}

/** Labels: an array called so, else the only one. */
function labelsAmong(named: readonly Wanted[], entries: readonly ZipEntry[]): Wanted[] {
  const labels = named.filter(({ array }) => array === 'y')
  if (labels.length > 0) return labels
  return entries.length === 1 ? [{ entry: entries[0], array: 'y', split: null }] : []
}

/** @throws NPZ_NAMES where two arrays are the same part */
function checkOnce(wanted: readonly Wanted[], file: string): void {
  for (const [index, { array, split, entry }] of wanted.entries()) {
    const other = wanted.slice(0, index).find((one) => one.array === array && one.split === split)
    if (other === undefined) continue
    const names = [other.entry.name, entry.name].map(arrayName).join(' and ')
    throw new WorkbenchError('NPZ_NAMES', `${names} are both ${array === 'x' ? 'images' : 'labels'}`, {
      where: file,
      remedy: 'Leave one of them; nothing was imported.',
    })
  }
}

/** A single NumPy array: one axis of labels, or images. */
export const npyReader: Reader = {
  format: 'npy',
  matches: isNpy,
  async read(file, sink, work, { role }) {
    const array = role === 'labels' ? 'y' : null
    const { said, isLabels } = await readArray(array, blocksOf(file, work), file.size, file.name, sink.part(null))
    return factsOf({
      labelsFrom: isLabels || role === 'labels' ? 'the array' : null,
      notices: said === null ? [] : [`${file.name}: ${said}.`],
    })
  },
}

/** What our own export says of itself, where it is one. */
async function describedBy(entries: readonly ZipEntry[], file: InputFile, work: Work): Promise<OwnDescription | null> {
  const meta = entries.find((entry) => arrayName(entry.name) === 'meta')
  if (meta === undefined) return null
  const parts: Uint8Array[] = []
  for await (const block of zipBlocks(file, meta, `${file.name}, ${meta.name}`, { signal: work.signal }))
    parts.push(block)
  const text = parseNpy(Buffer.concat(parts), `${file.name}, meta`)
  return typeof text === 'string' ? ownDescription(text) : null
}
