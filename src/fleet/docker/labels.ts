import { ownerText } from '../owner.ts';

/** On every container and volume of ours; its value is the run's id. */
export const runLabel = 'shardlab.run';
/** Who started it. */
export const ownerLabel = 'shardlab.owner';
export const shardLabel = 'shardlab.shard';

export function ownLabels(run: string): Record<string, string> {
  return { [runLabel]: run, [ownerLabel]: ownerText() };
}
