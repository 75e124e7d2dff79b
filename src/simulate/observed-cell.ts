import type { Cell } from '../result/types.ts';

/**
 * What a simulation is fitted to and compared with, of a measured cell or of another simulation.
 */
export type ObservedCell = Pick<Cell, 'overall' | 'fanOut' | 'operations' | 'shards'>;
