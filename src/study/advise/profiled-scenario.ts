import { basename, dirname, extname, join } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { readUserFile } from '../../host/files.ts';
import type { CharacteristicsDocument } from '../../result/characteristics-document.ts';
import { parseCharacteristics } from '../../result/characteristics-parse.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { Scenario } from '../../scenario/types.ts';
import { candidateKeys } from './candidate-strategies.ts';

/** A scenario's file, and what `profile` saw of the workload. */
export interface ProfiledScenario {
  readonly path: string;
  readonly seen: CharacteristicsDocument | null;
}

/**
 * @param path a scenario, or the characteristics that `profile` wrote: its scenario is then the one
 *   beside their folder
 * @param from characteristics beside a scenario
 */
export async function profiledScenario(
  path: string,
  from: string | undefined,
): Promise<ProfiledScenario> {
  const isDocument = extname(path) === '.json';
  const file = isDocument ? path : from;
  if (file === undefined) return { path, seen: null };
  if (isDocument && from !== undefined) {
    throw new UserError(`--from: found "${from}"; allowed: one of them, ${path} or it`, {
      exitCode: exitCodes.usage,
    });
  }
  const text = new TextDecoder().decode(await readUserFile(file, 'document of profile'));
  const seen = parseCharacteristics(text, file);
  if (!isDocument) return { path, seen };
  const { file: written } = seen.scenario;
  if (written === null) {
    throw new UserError(`${path}: no scenario was written of what was profiled`, {
      exitCode: exitCodes.usage,
      hint: 'Give a scenario, and these characteristics with --from.',
    });
  }
  return { path: join(dirname(path), '..', basename(written)), seen };
}

/** Keys of the characteristics that the scenario has; a UserError where it has none of them. */
export function seenKeys(scenario: Scenario, seen: CharacteristicsDocument): string[] {
  const known = new Set(candidateKeys(scenario));
  const found = seen.candidates.map(({ key }) => key);
  const keys = found.filter((key) => known.has(key));
  if (keys.length > 0) return keys;
  const names = found.length === 0 ? 'no candidate' : found.join(', ');
  throw new UserError(
    `--from: found ${names}; allowed: characteristics with a key of ${scenario.name}: ` +
      [...known].join(', '),
    { exitCode: exitCodes.usage },
  );
}

/** With what the server was seen to use of its limits, where the scenario does not say it. */
export function withSeenUse(scenario: Scenario, seen: CharacteristicsDocument): Scenario {
  const { now } = scenario.growth;
  const health = (code: string) => seen.health.find((each) => each.code === code);
  const wal = health('wal-rate')?.value ?? null;
  const connections = health('connections')?.numbers.connections ?? null;
  const used = {
    ...now,
    walBytesPerSecond: now.walBytesPerSecond ?? aboveZero(wal),
    connections: now.connections ?? aboveZero(connections),
  };
  return { ...scenario, growth: { ...scenario.growth, now: used } };
}

const aboveZero = (value: number | null): number | null =>
  value !== null && value > 0 ? value : null;

/** What the numbers of the server argue for, and costs less than shards. */
export function cheaperRemedies(seen: CharacteristicsDocument | null): Fact[] {
  const arguing = (seen?.health ?? []).filter(
    ({ arguesFor }) => arguesFor !== null && arguesFor !== 'sharding',
  );
  return arguing.map(({ arguesFor, text }) =>
    fact('advice-profile-argues', { names: { remedy: arguesFor, said: text } }),
  );
}
