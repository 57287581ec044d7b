/** Files that systems leave in folders of images. @param name without its folders */
export const isLitter = (name: string): boolean => name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name)
