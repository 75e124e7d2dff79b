import { exitCodes } from '../../base/exit-codes.ts';
import { durationAllowed, parseDuration } from '../../base/units.ts';
import { UserError } from '../../base/user-error.ts';
import type { Objectives } from '../../scenario/growth-types.ts';
import {
  contradictions,
  monthsMost,
  parseTimes,
  timesAllowed,
} from '../../scenario/objectives-input.ts';
import type { Scenario } from '../../scenario/types.ts';

const readers: readonly {
  readonly name: string;
  readonly field: keyof Objectives;
  readonly parse: (text: string) => number | undefined;
  readonly allowed: string;
}[] = [
  {
    name: 'p99',
    field: 'p99Ms',
    parse: (text) => aboveZero(parseDuration(text)),
    allowed: `${durationAllowed}, above zero`,
  },
  { name: 'capacity', field: 'capacity', parse: parseTimes, allowed: timesAllowed },
  {
    name: 'months',
    field: 'months',
    parse: monthsOf,
    allowed: `a number of months from 1 to ${monthsMost}`,
  },
];

const aboveZero = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined;

function monthsOf(text: string): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= monthsMost ? value : undefined;
}

/**
 * The scenario with the objectives of the command line, such as `months=24`, in place of its own. A
 * UserError lists everything that is wrong with them.
 */
export function withObjectives(scenario: Scenario, texts: readonly string[]): Scenario {
  const problems: string[] = [];
  const given: Partial<Record<keyof Objectives, number>> = {};
  for (const text of texts) {
    const { field, value } = objectiveOf(text, problems);
    if (field === undefined) continue;
    if (given[field] !== undefined) problems.push(`--objective ${text}: it is given twice`);
    given[field] = value;
  }
  const objectives = { ...scenario.objectives, ...given };
  const found = texts.length === 0 ? [] : contradictions({ ...scenario, objectives });
  problems.push(
    ...found.map((each) => `--objective ${each.name}=${each.found}; allowed: ${each.allowed}`),
  );
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return { ...scenario, objectives };
}

interface Read {
  readonly field?: keyof Objectives;
  readonly value: number;
}

function objectiveOf(text: string, problems: string[]): Read {
  const [, name, written = ''] = /^\s*(\w+)\s*=(.*)$/.exec(text) ?? [];
  const reader = readers.find((each) => each.name === name);
  if (reader === undefined) {
    const allowed = 'p99=50ms, capacity=2x or months=24, each with a value of your own';
    problems.push(`--objective: found "${text}"; allowed: ${allowed}`);
    return { value: 0 };
  }
  const value = reader.parse(written.trim());
  if (value !== undefined) return { field: reader.field, value };
  problems.push(`--objective ${name}: found "${written.trim()}"; allowed: ${reader.allowed}`);
  return { value: 0 };
}
