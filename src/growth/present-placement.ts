import type { Growth } from '../scenario/growth-types.ts';
import type { Strategy } from '../scenario/types.ts';

/** A strategy as it is in use: with the salt of growth.present, where its hash takes one. */
export function inUse(strategy: Strategy, { present }: Growth): Strategy {
  const takesSalt = strategy.hash !== null && strategy.hash !== 'identity';
  return present === null || !takesSalt ? strategy : { ...strategy, salt: present.salt };
}

/** Whether growth.present says where its keys are: no other placement is to be expected then. */
export function isPlacementKnown({ hash }: Strategy, { present }: Growth): boolean {
  return present !== null && hash !== null;
}
