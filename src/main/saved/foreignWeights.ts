import { WorkbenchError } from '../../shared/errors'

/** A file of weights of another program: what it is, and a line of Python that saves it as .npz. */
interface ForeignFormat {
  what: string
  /** Whether a file is one, by its first bytes (as Latin-1) and its name. */
  matches(head: string, name: string): boolean
  /** @param file and `npz` as Python writes them */
  python(file: string, npz: string): string
}

const pickle = /^\x80[\x02-\x05]/
const isZip = (head: string): boolean => head.startsWith('PK\x03\x04')
/** A name of a file of a torch.save archive. */
const torchMember = /(^|\/)(data\.pkl|\.format_version|\.storage_alignment|byteorder|version)/

const torch: ForeignFormat['python'] = (file, npz) =>
  `import torch, numpy as np; d = torch.load(${file}, map_location='cpu'); d = d.get('state_dict', d); ` +
  `np.savez(${npz}, **{k: v.numpy() for k, v in d.items()})`

const formats: readonly ForeignFormat[] = [
  {
    what: 'a safetensors file',
    matches: (head) => /^[^]{3}[\0-\x07]\0{4}\{/.test(head),
    python: (file, npz) =>
      `import numpy as np; from safetensors.numpy import load_file; np.savez(${npz}, **load_file(${file}))`,
  },
  {
    what: 'a MATLAB file of version 7.3 (HDF5)',
    matches: (head) => head.startsWith('MATLAB 7.3'),
    python: (file, npz) =>
      `import h5py, numpy as np; np.savez(${npz}, **{k: v[()].T for k, v in h5py.File(${file}).items() if k[0] != '#'})`,
  },
  {
    what: 'a MATLAB file',
    matches: (head) => head.startsWith('MATLAB'),
    python: (file, npz) =>
      `import scipy.io, numpy as np; np.savez(${npz}, **{k: v for k, v in scipy.io.loadmat(${file}).items() if k[0] != '_'})`,
  },
  {
    what: 'an HDF5 file (Keras)',
    matches: (head) => head.startsWith('\x89HDF\r\n\x1a\n'),
    python: (file, npz) =>
      `import h5py, numpy as np; a = {}; h5py.File(${file}).visititems(lambda n, d: a.update({n.replace('/', '_'): d[()]}) ` +
      `if isinstance(d, h5py.Dataset) else None); np.savez(${npz}, **a)`,
  },
  {
    what: 'a single NumPy array',
    matches: (head) => head.startsWith('\x93NUMPY'),
    python: (file, npz) => `import numpy as np; np.savez(${npz}, W=np.load(${file}))`,
  },
  {
    what: 'a PyTorch file',
    matches: (head, name) =>
      (isZip(head) && torchMember.test(head.slice(30, 30 + head.charCodeAt(26)))) ||
      (pickle.test(head) && (/\.(pt|pth|ckpt)$/i.test(name) || head.includes('torch'))),
    python: torch,
  },
  {
    what: 'a Keras file',
    matches: (head, name) => isZip(head) && /\.keras$/i.test(name),
    python: (file, npz) =>
      `import keras, numpy as np; np.savez(${npz}, **{w.path.replace('/', '_'): w.numpy() for w in keras.saving.load_model(${file}).weights})`,
  },
  {
    what: 'a pickled Python object (never read: it may run any program)',
    matches: (head, name) => pickle.test(head) || /\.(pkl|pickle|joblib)$/i.test(name),
    python: (file, npz) => `import pickle, numpy as np; np.savez(${npz}, **pickle.load(open(${file}, 'rb')))`,
  },
  {
    what: 'an ONNX file',
    matches: (head, name) => /\.onnx$/i.test(name) || /^\x08[\x03-\x0f]\x12/.test(head),
    python: (file, npz) =>
      `import onnx, numpy as np; from onnx.numpy_helper import to_array; ` +
      `np.savez(${npz}, **{t.name: to_array(t) for t in onnx.load(${file}).graph.initializer})`,
  },
  {
    what: 'a TensorFlow checkpoint',
    matches: (_, name) => /\.ckpt(\.|$)|\.(index|data-\d+-of-\d+)$/i.test(name),
    python: (file, npz) =>
      `import tensorflow as tf, numpy as np; r = tf.train.load_checkpoint(${file}); ` +
      `np.savez(${npz}, **{k.replace('/', '_'): r.get_tensor(k) for k in r.get_variable_to_shape_map()})`,
  },
]

const headBytes = 4096
const names = 'Name the arrays W, WF, WX, b ... as docs/theory.md does.'

/** @throws WEIGHTS_FORMAT for a file that is no .npz: what it is, and how it becomes one */
export function checkWeightFormat(bytes: Uint8Array, name: string): void {
  const head = Buffer.from(bytes.subarray(0, headBytes)).toString('latin1')
  const found = formats.find(({ matches }) => matches(head, name))
  if (found !== undefined) {
    const [file, npz] = [name, `${name.replace(/\.[^.]*$/, '')}.npz`].map(quoted)
    throw refuse(`It is ${found.what}, not an .npz`, name, `Save it as one: ${found.python(file, npz)} ${names}`)
  }
  if (isZip(head) || head.startsWith('PK\x05\x06')) return
  const what = bytes.length === 0 ? 'The file is empty' : 'It is no .npz: not a zip archive of NumPy arrays'
  throw refuse(what, name, `Save the arrays with numpy.savez. ${names}`)
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const refuse = (message: string, where: string, remedy: string): WorkbenchError =>
  new WorkbenchError('WEIGHTS_FORMAT', message, { where, remedy })
