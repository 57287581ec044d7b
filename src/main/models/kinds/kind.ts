import type { Objective, Visible } from '../../../shared/kinds/keys'
import type { EnergyName } from '../../../shared/kinds/kind'
import type { ModelDescription } from '../../../shared/model'
import type { RunSpec } from '../../../shared/spec/schema'
import type { GraphCompiler } from '../../compute/engine'
import type { Node, Shape } from '../../compute/graph'
import type { ClassModels, ClassScorer } from '../classScorer'
import type { FreeEnergy, HiddenUnits } from '../freeEnergy'
import type { WeightArrays } from '../weightArray'
import type { Sizes, Weights } from '../weights'

/** What a parameter starts from: normal numbers of a deviation, of the spec's `factorStd` or `mappingInit`; a mean image; 0. */
export type ParameterStart = 'normal' | 'factors' | 'mappings' | 'meanX' | 'meanY' | 'zero'

export interface Parameter {
  shape: Shape
  /** A matrix starts normal, a bias from 0, where nothing is said. */
  start?: ParameterStart
  /** Rows are filters: what one hidden unit or factor looks for in an image. */
  filters?: true
}

/** What the units of a batch are; null where a kind lacks that part. */
export interface Units {
  /** W x + c [B, H] */
  hiddenInput: Node | null
  /** Mean hidden units [B, H] */
  hidden: Node | null
  /** u of the mapping units [B, K] */
  mappingInput: Node | null
  /** Mapping units [B, K] */
  mapping: Node | null
}

/** What a model computes for a batch, up to its linear reconstructions, before the visibles' own function. */
export interface Forward extends Units {
  /** a(x), or a(x|y) of pairs, [B, Dx]; a(y|x) of pairs, [B, Dy] */
  linear: { x: Node; y: Node | null }
}

/** The same with x held: the linear reconstruction of the image that moves. */
export interface Held extends Units {
  linear: Node
}

/** One of something for each image of a pair; y is null for models of one image. */
export interface PairOf<Value> {
  x: Value
  y: Value
}

/** Where a contraction is taken. */
export interface ContractionAt {
  description: ModelDescription
  w: Weights
  units: Units
  /** As the encoder sees them. */
  images: { x: Node; y: Node | null }
  objective: Objective
  /** v ~ N(0, I) [B, D] of each moving image: the unbiased estimate ‖(∂h/∂y) v‖²; null: the exact norm. */
  directions: PairOf<Node | null> | null
}

/** ‖∂h/∂y‖²_F of each row [B]. */
export type ContractionOf = (at: ContractionAt) => Node

/** What an energy has beside the potentials of its units. */
export interface EnergyTerms {
  /** Bias of the visible units. */
  bias: string
  /** Share of the mapping units' potentials. */
  covariance: number
}

/** The RBM whose free energy is minus a kind's conditional energy (docs/theory.md, "RBM equalities"). */
export interface EqualRbm {
  name: Readonly<Record<Visible, 'fcrbm' | 'crbm' | 'mcrbm' | 'grbm' | 'rbm'>>
  freeEnergy(
    visible: Visible,
    w: WeightArrays,
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    units: HiddenUnits,
  ): FreeEnergy
}

/** Names of the matrices whose rows are on show. */
export interface ShownFilters {
  x: string
  /** Null where one serves both images. */
  y: string | null
  /** Of a mean part beside factors. */
  mean: string | null
}

/** Trainings of a run, one on top of the other: one model (a class), and a classifier of its models. */
export type Stage = 'pretrain' | 'fit'

/** All that computes with a model kind; `src/shared/kinds` holds what every process knows of it. */
export interface ModelKindRecord {
  /** In the order of the weight file, which is that of their random numbers. */
  parameters(sizes: Sizes, variant: Pick<ModelDescription, 'tied' | 'decoder'>): Readonly<Record<string, Parameter>>
  /** Whether arrays of these names, in a file that names no kind, are a model of this one. */
  isOf(has: (name: string) => boolean): boolean
  /** The forward equations. @param y [B, Dy], null for models of one image */
  forward(description: ModelDescription, w: Weights, x: Node, y: Node | null): Forward
  /** With x held [1, Dx], as the poster's Figure 2 conditions a model of one image. @param y [B, Dy] */
  held(description: ModelDescription, w: Weights, x: Node, y: Node): Held
  energies: Partial<Readonly<Record<EnergyName, EnergyTerms>>>
  /** The energy of y with x held. */
  heldEnergy: Exclude<EnergyName, 'xGivenY'>
  /** Null: no contraction of its units is written. */
  contraction: ContractionOf | null
  filters(description: ModelDescription): ShownFilters
  /** An image under given mapping units [1, K]; null for kinds that infer no transformation. */
  transformed: ((description: ModelDescription, w: Weights, x: Node, h: Node) => Node) | null
  rbm: EqualRbm | null
  stages(spec: RunSpec): readonly Stage[]
  /** How it gives scores(x) -> [N, C]; null: by its energies. @param most images in one run */
  scores: ((compiler: GraphCompiler, models: ClassModels, most: number) => Promise<ClassScorer>) | null
}
