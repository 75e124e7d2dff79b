import type { FirmnessFacts } from '../result/advice-document.ts';
import type { Decision } from './advice.ts';
import { nameOf } from './choose.ts';

type Answer = Pick<FirmnessFacts['flips'][number], 'kind' | 'strategy' | 'shardCount' | 'instead'>;

/** What a decision comes to. */
export function answerOf({ kind, choice: { best }, instead }: Decision): Answer {
  const isSharded = kind === 'shard' && best !== null;
  return {
    kind,
    strategy: isSharded ? best.candidate.strategy : null,
    shardCount: isSharded ? best.candidate.shardCount : 1,
    instead: instead?.remedy.kind ?? null,
  };
}

/** The same kind of answer, and the same candidate, or one that cannot be told from it. */
export function isSame(before: Decision, after: Decision): boolean {
  if (before.kind !== after.kind) return false;
  const chosen = before.choice.best;
  if (before.instead?.remedy.kind !== after.instead?.remedy.kind) return false;
  if (before.kind !== 'shard' || chosen === null) return true;
  const name = nameOf(chosen.candidate);
  const { best, alike } = after.choice;
  return [...(best === null ? [] : [best]), ...alike].some(
    ({ candidate }) => nameOf(candidate) === name,
  );
}
