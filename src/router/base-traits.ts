import type { RouterTraits } from './contract.ts';

/**
 * The traits of a router of which nothing in particular holds. A definition spreads them and says
 * only what holds of its own router, and what a route costs, and the router's memory.
 */
export const baseTraits: Omit<RouterTraits, 'lookup' | 'memory'> = {
  monotone: false,
  weighted: false,
  ordered: false,
  removesAny: false,
  hashes: false,
  hashesLabels: false,
  placesKnownKeys: false,
};
