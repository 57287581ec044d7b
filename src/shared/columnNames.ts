/** Words for a column of labels, in a table of pixels, of labels, or in a list of images. */
const labelNames = ['label', 'labels', 'class', 'classname', 'category', 'target', 'y', 'species', 'tag']

/** @param word in small letters, without white space */
export const isLabelWord = (word: string): boolean => labelNames.includes(word)
