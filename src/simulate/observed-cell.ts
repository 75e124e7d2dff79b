import type { Unworded } from '../result/finding.ts';
import type { Cell, OperationResult } from '../result/types.ts';

/**
 * What a simulation is fitted to and compared with, of a measured cell or of another simulation.
 */
export interface ObservedCell extends Pick<Cell, 'overall' | 'fanOut' | 'shards'> {
  readonly operations: readonly Unworded<OperationResult>[];
}
