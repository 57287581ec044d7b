import type { Workbench } from '../../../src/main/api/workbench'

/** A machine without a graphics card. */
export const fakeDevices: Workbench['devices'] = {
  report: async () => ({
    devices: [
      {
        engine: 'onnx',
        device: 'cpu',
        name: 'CPU, 2 cores',
        dtype: 'float32',
        works: true,
        why: 'passed its self-test',
        deviation: 2e-7,
        stepMilliseconds: 3.1,
      },
      {
        engine: 'onnx',
        device: 'webgpu',
        name: 'WebGPU',
        dtype: 'float32',
        works: false,
        why: 'no adapter was found',
        deviation: null,
        stepMilliseconds: null,
      },
    ],
    auto: { engine: 'onnx', device: 'cpu', why: 'the fastest that passes its self-test' },
  }),
}
