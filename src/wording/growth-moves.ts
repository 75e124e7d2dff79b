import { listed, percent, short } from './format.ts';
import type { Sentences } from './sentence.ts';

/** What is said of how a step is carried out. */
export const growthMoves: Sentences = {
  'past-headroom': (said) => {
    const before = said.perhaps('beforeFraction');
    const already =
      before === null ? '' : ` (without the move it is already at ${percent(before)})`;
    return (
      `shard ${said.number('shard')} (${said.name('role')}) reaches ` +
      `${percent(said.number('duringFraction'))} of its capacity while rows are copied, ` +
      `more than ${percent(said.number('fullFraction'))} (capacity.utilisation)${already}: ` +
      'move fewer bytes a second (growth.moves.throttle), or move at an hour with less load'
    );
  },
  'disk-full-after-move': (said) =>
    `the disk of shard ${said.number('shard')} is ${percent(said.number('diskFraction'))} full ` +
    'after the move',
  'own-key-tables-not-counted': (fact) =>
    `what moves of ${listed(fact.list('tables'))} is not counted: such tables lie by a key of ` +
    'their own',
  'split-pieces-not-counted': () =>
    'pieces of split tenants are not counted, because what moves is counted for whole tenants',
  'move-evens-out': (said) => {
    const times = (name: string): string => `${short(said.number(name))}x`;
    const gain = said.perhaps('gainRatio');
    const gained =
      gain === null ? '' : `; the gain is ${short(gain)} of the load that it adds to the target`;
    return (
      `shard ${said.number('source')} has ${times('sourceRatio')} the mean load and shard ` +
      `${said.number('target')} has ${times('targetRatio')}; after the move they have ` +
      `${times('newSourceRatio')} and ${times('newTargetRatio')}${gained}`
    );
  },
  'move-gains-too-little': (said) =>
    `a move to shard ${said.number('target')} would make that shard fuller than shard ` +
    `${said.number('source')}, and the gain would be less than ` +
    `${said.number('gainRatioLeast')} of the load that it adds there`,
};
