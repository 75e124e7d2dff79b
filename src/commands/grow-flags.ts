import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { syntheticKeysMax } from '../placement/synthetic-movement.ts';
import type { Uncertain } from '../scenario/growth-types.ts';
import { maxShards } from '../scenario/topology-input.ts';
import { parseUncertainRate, uncertainRateAllowed } from '../scenario/uncertain.ts';
import { flagReader } from './flag-reader.ts';

/** What the command line gave, as typed. */
export interface GrowFlags {
  readonly to?: string;
  readonly router: readonly string[];
  readonly from?: readonly string[];
  readonly capacity?: string;
  readonly samples?: string;
  readonly keys?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: true;
  readonly wide?: true;
}

/** The same as numbers. */
export interface GrowChoices {
  /** Shard counts one after the other; null: as the scenario says. */
  readonly to: readonly number[] | null;
  /** Operations a second of one shard; null: not given. */
  readonly capacity: Uncertain | null;
  /** Results of runs, each once. */
  readonly from: readonly string[];
  /** Further placements that bands are over. */
  readonly samples: number;
  /** Size of a key space of integers; null: the keys of the scenario. */
  readonly keys: number | null;
}

const samplesDefault = 100;
const samplesMax = 10_000;

/** Reads the flags; a UserError says everything that is wrong with them. */
export function growChoices(flags: GrowFlags): GrowChoices {
  const problems: string[] = [];
  const read = flagReader(problems);
  const choices = {
    to: read(
      'to',
      flags.to,
      counts,
      `shard counts between commas, such as 5,8,16, each up to ${maxShards}`,
    ),
    capacity: read(
      'capacity',
      flags.capacity,
      capacity,
      `a number per second, or ${uncertainRateAllowed}`,
    ),
    from: files(flags.from ?? [], problems),
    samples:
      read(
        'samples',
        flags.samples,
        (text) => wholeNumber(text, 0, samplesMax),
        `a whole number from 0 to ${samplesMax}`,
      ) ?? samplesDefault,
    keys: read(
      'keys',
      flags.keys,
      (text) => wholeNumber(text, 1, syntheticKeysMax),
      `a whole number from 1 to ${syntheticKeysMax} (with more keys the fractions do not ` +
        'change in the first four digits)',
    ),
  };
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return choices;
}

/** Each --from may be a list. */
function files(asked: readonly string[], problems: string[]): readonly string[] {
  const found = asked.flatMap((text) => text.split(',').map((file) => file.trim()));
  if (found.includes('')) {
    problems.push(
      `--from: found "${asked.join(' ')}"; allowed: result files, with commas between them`,
    );
  }
  return [...new Set(found)];
}

function counts(text: string): number[] | undefined {
  const numbers = text.split(',').map((part) => wholeNumber(part.trim(), 1, maxShards));
  const found = numbers.filter((number) => number !== undefined);
  return found.length === numbers.length ? found : undefined;
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= min && number <= max ? number : undefined;
}

/** On the command line bare numbers are rates per second. */
function capacity(text: string): Uncertain | undefined {
  return parseUncertainRate(text.replaceAll(/(?<![\d.])[\d.]+(?=\s|$)/g, '$&/s'));
}
