/** Share of the task's progress that fitting the coefficients takes where all weights follow. */
export const coefficientShare = 0.05
