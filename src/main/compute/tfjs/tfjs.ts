/** The operations of TensorFlow.js; handed to whoever calls them, since which package gives them is known only at run time. */
export type Tfjs = typeof import('@tensorflow/tfjs-core')

export type TfjsTensor = import('@tensorflow/tfjs-core').Tensor
