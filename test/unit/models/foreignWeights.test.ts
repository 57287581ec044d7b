import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { WorkbenchError } from '../../../src/shared/errors'
import { checkWeightFormat } from '../../../src/main/saved/foreignWeights'

const of = (...parts: (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
const torch = zipSync({ 'model/data.pkl': of('\x80\x02'), 'model/data/0': of('1234') }, { level: 0 })

describe('a file of weights that is no .npz', () => {
  it.each([
    ['ae.safetensors', of('\x48\x01\0\0\0\0\0\0{"W":{}}'), 'safetensors', 'load_file'],
    ['keras.h5', of('\x89HDF\r\n\x1a\n'), 'HDF5', 'h5py'],
    ['model.pt', torch, 'PyTorch', 'torch.load'],
    ['model.pth', of('\x80\x02\x8a\x0al\xfc\x9cF\xf9 j'), 'PyTorch', 'torch.load'],
    ['lightning.ckpt', torch, 'PyTorch', 'state_dict'],
    ['w.pkl', of('\x80\x04\x95\x89\x04\0\0'), 'pickled', 'pickle.load'],
    ['w.mat', of('MATLAB 5.0 MAT-file, Platform: posix'), 'MATLAB', 'loadmat'],
    ['w.mat', of('MATLAB 7.3 MAT-file, Platform: GLNXA64'), 'version 7.3', 'h5py'],
    ['w.npy', of('\x93NUMPY\x01\0'), 'single NumPy array', 'np.load'],
    ['model.onnx', of('\x08\x08\x12\x07pytorch'), 'ONNX', 'initializer'],
    ['tf.ckpt.index', of('\0\0\0\0\x01'), 'TensorFlow', 'load_checkpoint'],
    ["it's.npz", of('\x89HDF\r\n\x1a\n'), 'HDF5', "'it\\'s.npz'"],
  ])('%s is told by its first bytes, with a line of Python', (name, bytes, what, python) => {
    try {
      checkWeightFormat(bytes, name)
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error
      expect(error).toMatchObject({ code: 'WEIGHTS_FORMAT', where: name, exit: 2 })
      expect(error.message).toContain(what)
      expect(error.remedy).toContain(python)
      expect(error.remedy).toMatch(/np\.savez\('[^\n]+\.npz', [^\n]+\) Name the arrays/)
      return
    }
    throw new Error('not refused')
  })

  it('is told as none where its bytes say nothing', () => {
    expect(() => checkWeightFormat(of('Hello'), 'a.npz')).toThrow('no .npz')
    expect(() => checkWeightFormat(new Uint8Array(0), 'a.npz')).toThrow('empty')
    expect(() => checkWeightFormat(zipSync({ 'W.npy': of('\x93NUMPY') }), 'a.npz')).not.toThrow()
  })
})
