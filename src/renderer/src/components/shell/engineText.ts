/** Engine, device and number type in short: "onnx/cpu f32" */
export const engineText = (engine: string, device: string, dtype: string | null): string =>
  `${engine}/${device}${dtype === null ? '' : ` ${dtype.replace(/^float/, 'f')}`}`
