/** The order of names as people count: "img2" before "img10". */
export const { compare: compareNames } = new Intl.Collator('en', { numeric: true })
