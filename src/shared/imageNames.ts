/** Endings of image files that are read, without their dot. */
export const imageEndings = [
  'png',
  'jpg',
  'jpeg',
  'jpe',
  'jfif',
  'webp',
  'tif',
  'tiff',
  'gif',
  'bmp',
  'dib',
  'pgm',
  'ppm',
  'pbm',
  'pnm',
  'pam',
  'pfm',
] as const

const ending = new RegExp(String.raw`\.(${imageEndings.join('|')})$`, 'i')

/** Whether a file is called like an image that is read. @param name with its folders, or without */
export const isImageName = (name: string): boolean => ending.test(name.trim())

/** For the `accept` of a file input. */
export const imageAccept = ['image/*', ...imageEndings.map((name) => `.${name}`)].join(',')

/** The formats in words. */
export const readableImages = 'PNG, JPEG, WebP, TIFF, GIF, BMP or PGM/PPM'
