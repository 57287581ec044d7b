/** Shares of pair b at which frames are asked for: fine enough for a slider. */
export const interpolationShares = Array.from({ length: 21 }, (_, step) => step / 20)
