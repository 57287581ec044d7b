import type { OnnxAttribute, OnnxConstant, OnnxGraph, OnnxNode, OnnxType, OnnxValue } from './node'
import { Message } from './protobuf'

/** Versions of the format and of the operators that all code here is written against. */
const [irVersion, opset] = [8, 17]

/** TensorProto.DataType of onnx.proto. */
export const typeNumbers: Record<OnnxType, number> = { float32: 1, float64: 11, uint8: 2, int32: 6, int64: 7, bool: 9 }

/** The bytes of an ONNX model file; field numbers are those of onnx.proto. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  return new Message()
    .varint(1, irVersion)
    .string(2, 'gae-workbench')
    .message(7, graphMessage(graph))
    .message(8, new Message().string(1, '').varint(2, opset))
    .encode()
}

function graphMessage({ name, inputs, outputs, constants, nodes }: OnnxGraph): Message {
  const message = new Message().string(2, name)
  for (const node of nodes) message.message(1, nodeMessage(node))
  for (const constant of constants) message.message(5, constantMessage(constant))
  for (const value of inputs) message.message(11, valueMessage(value))
  for (const value of outputs) message.message(12, valueMessage(value))
  return message
}

function nodeMessage({ type, inputs, outputs, attributes }: OnnxNode): Message {
  const message = new Message()
  for (const input of inputs) message.string(1, input)
  for (const output of outputs) message.string(2, output)
  message.string(4, type)
  for (const [name, value] of Object.entries(attributes)) message.message(5, attributeMessage(name, value))
  return message
}

function attributeMessage(name: string, value: OnnxAttribute): Message {
  const message = new Message().string(1, name)
  if ('float' in value) return message.float(2, value.float).varint(20, 1)
  if ('int' in value) return message.varint(3, value.int).varint(20, 2)
  if ('graph' in value) return message.message(6, graphMessage(value.graph)).varint(20, 5)
  for (const int of value.ints) message.varint(8, int)
  return message.varint(20, 7)
}

function constantMessage({ name, type, shape, values }: OnnxConstant): Message {
  const message = new Message()
  for (const size of shape) message.varint(1, size)
  const raw =
    type === 'float32'
      ? Float32Array.from(values)
      : type === 'float64'
        ? Float64Array.from(values)
        : type === 'int64'
          ? BigInt64Array.from(values, (value) => BigInt(value))
          : Uint8Array.from(values)
  return message.varint(2, typeNumbers[type]).string(8, name).bytes(9, new Uint8Array(raw.buffer))
}

function valueMessage({ name, type, shape }: OnnxValue): Message {
  const dimensions = new Message()
  for (const size of shape) {
    dimensions.message(1, typeof size === 'number' ? new Message().varint(1, size) : new Message().string(2, size))
  }
  const tensor = new Message().varint(1, typeNumbers[type]).message(2, dimensions)
  return new Message().string(1, name).message(2, new Message().message(1, tensor))
}
