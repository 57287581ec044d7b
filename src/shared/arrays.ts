import { z } from 'zod'

/** Typed arrays as they cross a pipe or a process, whatever buffer lies behind them. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes are needed')
export const float32Schema = z.custom<Float32Array>((value) => value instanceof Float32Array, 'float32 is needed')
export const int32Schema = z.custom<Int32Array>((value) => value instanceof Int32Array, 'int32 is needed')
