import { suggest } from '../../base/suggest.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { Strategy } from '../../scenario/types.ts';

export interface QueryFlags {
  readonly scenario: string;
  readonly strategy?: string;
  readonly base?: string;
  readonly strict?: boolean;
  readonly prefix?: string;
}

type Named = Pick<Strategy, 'name' | 'key' | 'router'>;

/**
 * The strategy by whose key statements are judged: the one that is named, by its name or by its
 * key; else the first.
 *
 * @throws UserError (exit code 2) that lists those that there are
 */
export function chosenStrategy(strategies: readonly Strategy[], wanted?: string): Named {
  const [first] = strategies;
  if (first === undefined) {
    throw new UserError('the scenario has no strategy, so there is no shard key to judge by', {
      exitCode: exitCodes.usage,
      hint: 'add one: strategies: [{ key: tenant_id, router: jump }]',
    });
  }
  if (wanted === undefined) return first;
  const found =
    strategies.find(({ name }) => name === wanted) ?? strategies.find(({ key }) => key === wanted);
  if (found !== undefined) return found;
  const allowed = [...strategies.map(({ name }) => name), ...keysOf(strategies)];
  const near = suggest(wanted, allowed);
  const guess = near === undefined ? '' : `; did you mean ${near}?`;
  throw new UserError(`--strategy: found "${wanted}"; allowed: ${allowed.join(', ')}${guess}`, {
    exitCode: exitCodes.usage,
  });
}

export const keysOf = (strategies: readonly Pick<Strategy, 'key'>[]): readonly string[] => [
  ...new Set(strategies.map(({ key }) => key)),
];
