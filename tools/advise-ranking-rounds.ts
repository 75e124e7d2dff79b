import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../src/host/files.ts';
import {
  type CapacityDocument,
  type CapacityStrategy,
  formatCapacityDocument,
  parseCapacityDocument,
} from '../src/result/capacity-document.ts';
import type { CapacityOutcome } from '../src/study/capacity/capacity-result.ts';
import type { CapacityOptions } from '../src/study/capacity/measure-capacity.ts';

export type Search = (options: CapacityOptions) => Promise<CapacityOutcome>;

/**
 * The search, one call for each round, that goes on where an earlier one was stopped: what a round
 * has found stands in a file of the folder, and only the strategies that are missing are searched.
 */
export function resumed(search: Search, folder: string, say: (line: string) => void): Search {
  let round = 0;
  return async (options) => {
    round += 1;
    const file = join(folder, `capacity-${round}.json`);
    const before = found(file);
    const done = new Map(before?.strategies.filter(isWhole).map((each) => [each.strategy, each]));
    const { strategies } = options.loaded.scenario;
    const missing = strategies.filter(({ name }) => !done.has(name));
    const isDone = strategies.length - missing.length;
    if (isDone > 0) say(`round ${round}: ${isDone} of ${strategies.length} are there already`);
    if (before !== null && missing.length === 0) {
      return { document: before, exitCode: 0, problem: null };
    }
    const joined = (document: CapacityDocument): CapacityDocument => ({
      ...document,
      strategies: [...done.values(), ...document.strategies],
    });
    const outcome = await search({
      ...options,
      loaded: {
        ...options.loaded,
        scenario: { ...options.loaded.scenario, strategies: missing },
      },
      keep: (document) => writeAtomically(file, formatCapacityDocument(joined(document))),
    });
    return { ...outcome, document: joined(outcome.document) };
  };
}

const found = (file: string): CapacityDocument | null =>
  existsSync(file) ? parseCapacityDocument(readFileSync(file, 'utf8'), file) : null;

const isWhole = ({ status }: CapacityStrategy): boolean =>
  status !== 'interrupted' && status !== 'failed';
