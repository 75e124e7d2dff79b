import { defaultKeyHash } from '../../base/hash/key-hashes.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { RouterDefinition } from '../../router/contract.ts';
import { findRouter } from '../../router/registry.ts';
import { readRouterName, type RouterName } from '../../router/router-name.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';

/**
 * The strategies to grow: the scenario's, or those with the routers that are asked for. A router
 * that no strategy has is put on each of the scenario's shard keys. A UserError says everything
 * that is wrong with the routers.
 */
export function grownStrategies(
  { strategies }: Scenario,
  asked: readonly string[],
): readonly Strategy[] {
  if (asked.length === 0) return strategies;
  const problems: string[] = [];
  const found = asked.flatMap((text) => {
    const read = readRouterName(text);
    if ('problem' in read) {
      problems.push(`--router: ${read.problem}`);
      return [];
    }
    const own = strategies.filter((strategy) => isBy(strategy, read));
    if (own.length > 0) return own;
    const definition = findRouter(read.name);
    if (definition.settings !== undefined) {
      problems.push(
        `--router: ${read.name} needs settings: write it with its settings under ` +
          'strategies in the scenario',
      );
      return [];
    }
    return plainStrategies(strategies, read, definition);
  });
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return [...new Map(found.map((strategy) => [strategy.name, strategy])).values()];
}

function isBy(strategy: Strategy, { name, parameter }: RouterName): boolean {
  return strategy.router === name && (parameter === null || strategy.parameter === parameter);
}

function plainStrategies(
  strategies: readonly Strategy[],
  { name, parameter }: RouterName,
  { traits }: RouterDefinition,
): Strategy[] {
  const keys = [...new Set(strategies.map(({ key }) => key))];
  const written = parameter === null ? name : `${name}:${parameter}`;
  return keys.map((key) => ({
    name: `${key}/${written}`,
    key,
    router: name,
    parameter,
    hash: traits.hashes ? defaultKeyHash : null,
    salt: '',
  }));
}
