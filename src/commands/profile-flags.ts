import { exitCodes } from '../base/exit-codes.ts';
import {
  durationAllowed,
  fractionAllowed,
  parseDuration,
  parseFraction,
  parseSize,
  sizeAllowed,
} from '../base/units.ts';
import { UserError } from '../base/user-error.ts';
import type { ProfileChoices } from '../study/profile/profile-choices.ts';
import { flagReader } from './flag-reader.ts';

/** What the command line gave, as typed. */
export interface ProfileFlags {
  readonly out: string;
  readonly watch?: string;
  readonly exact?: true;
  readonly exactRows?: string;
  readonly exactTime?: string;
  readonly sample?: string;
  readonly key?: string;
  readonly coverage?: string;
  readonly scale?: string;
  readonly prefix?: string;
  readonly memory?: string;
  readonly keepValues?: true;
  readonly json?: true;
  readonly wide?: true;
}

const defaults = {
  exactRows: 1e9,
  exactMs: 600_000,
  sampleRows: 200_000,
  coverage: 0.95,
  memoryBytes: 1_073_741_824,
};

/** Reads the flags; a UserError says everything that is wrong with them. */
export function profileChoices(flags: ProfileFlags): ProfileChoices {
  const problems: string[] = [];
  const read = flagReader(problems);
  const rows = (flag: string, text: string | undefined): number | null =>
    read(flag, text, wholeUpTo(1e12), 'a number of rows from 1 to 1000000000000');
  const exactRows = rows('exact-rows', flags.exactRows) ?? defaults.exactRows;
  const exactMs =
    read('exact-time', flags.exactTime, positive(parseDuration), durationAllowed) ??
    defaults.exactMs;
  const choices = {
    watchMs: read('watch', flags.watch, watched, `${durationAllowed}, from 1s to 24h`),
    exact: flags.exact === true ? { rowsMost: exactRows, timeMs: exactMs } : null,
    sampleRows: rows('sample', flags.sample) ?? defaults.sampleRows,
    key: flags.key ?? null,
    coverage:
      read(
        'coverage',
        flags.coverage,
        within(parseFraction, 1),
        `${fractionAllowed}, up to 100%`,
      ) ?? defaults.coverage,
    scale: read('scale', flags.scale, within(parseFraction, 1000), 'a number above 0, or a share'),
    prefix: flags.prefix ?? null,
    memoryBytes:
      read('memory', flags.memory, memory, `${sizeAllowed}; at least 64MB`) ?? defaults.memoryBytes,
    keepValues: flags.keepValues === true,
  };
  if (flags.exact !== true) problems.push(...onlyWithExact(flags));
  if (problems.length === 0) return choices;
  throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}

const onlyWithExact = ({ exactRows, exactTime }: ProfileFlags): string[] =>
  Object.entries({ 'exact-rows': exactRows, 'exact-time': exactTime })
    .filter(([, value]) => value !== undefined)
    .map(([flag]) => `--${flag} says how far --exact goes: give --exact as well`);

const positive =
  (parse: (text: string) => number | undefined) =>
  (text: string): number | undefined => {
    const value = parse(text);
    return value !== undefined && value > 0 ? value : undefined;
  };

const within =
  (parse: (text: string) => number | undefined, most: number) =>
  (text: string): number | undefined => {
    const value = parse(text) ?? Number(text);
    return value > 0 && value <= most ? value : undefined;
  };

const dayMs = 86_400_000;

const watched = (text: string): number | undefined => {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= 1000 && ms <= dayMs ? ms : undefined;
};

const memory = (text: string): number | undefined => {
  const bytes = parseSize(text);
  return bytes !== undefined && bytes >= 64e6 ? bytes : undefined;
};

const wholeUpTo =
  (most: number) =>
  (text: string): number | undefined => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= 1 && value <= most ? value : undefined;
  };
