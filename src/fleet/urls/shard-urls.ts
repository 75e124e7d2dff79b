import {
  type ConnectionUrl,
  connectionUrlForm,
  readConnectionUrl,
} from '../../base/connection/connection-url.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A shard of the user's own. Never printed: it holds a password. */
export interface ShardUrl extends ConnectionUrl {
  /** Where it was given, for messages: `SHARDLAB_SHARD_0` or `topology.urls[0]`. */
  readonly where: string;
}

const prefix = 'SHARDLAB_SHARD_';
/**
 * The shards of SHARDLAB_SHARD_0, _1, ... if any is set, else those of the scenario: the
 * environment comes first because a file that is committed should hold no passwords. A URL without
 * a password takes PGPASSWORD.
 * @throws {UserError} exit 2, with every problem at once and without any part of a URL
 */
export function shardUrls(scenarioUrls: readonly string[], environment: Environment): ShardUrl[] {
  const problems: string[] = [];
  const fromEnvironment = environmentUrls(environment, problems);
  const given =
    fromEnvironment.length > 0
      ? fromEnvironment
      : scenarioUrls.map((text, i) => ({ where: `topology.urls[${i}]`, text }));
  const urls = given.flatMap(({ where, text }) => {
    const url = readConnectionUrl(text, environment);
    if (Array.isArray(url)) problems.push(...url.map((problem) => `${where}: ${problem}`));
    return Array.isArray(url) ? [] : [{ ...url, where }];
  });
  if (given.length === 0) {
    problems.push(
      `no shard URLs: set ${prefix}0, ${prefix}1, ... to ${connectionUrlForm}, or topology.urls`,
    );
  }
  if (problems.length === 0) return urls;
  throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}

function environmentUrls(
  environment: Environment,
  problems: string[],
): { where: string; text: string }[] {
  const found = Object.entries(environment)
    .filter(([name, value]) => name.startsWith(prefix) && value !== undefined && value !== '')
    .map(([name, text]) => ({ where: name, number: name.slice(prefix.length), text: text ?? '' }))
    .filter(({ where, number }) => {
      if (/^(0|[1-9]\d*)$/.test(number)) return true;
      problems.push(`${where}: the shards are called ${prefix}0, ${prefix}1, ...`);
      return false;
    })
    .toSorted((a, b) => Number(a.number) - Number(b.number));
  const gap = found.findIndex(({ number }, i) => Number(number) !== i);
  if (gap !== -1) problems.push(`${prefix}${gap} is not set, but ${found.at(-1)?.where} is`);
  return found;
}
