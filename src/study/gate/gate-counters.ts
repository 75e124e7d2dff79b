import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../base/user-error.ts';
import { counterDifferences } from '../../gate/counter-differences.ts';
import { writeAtomically } from '../../host/files.ts';
import { counterSeed, hashCounters, workCounters } from '../../placement/router-counters.ts';
import { type Fact, fact, type Unworded } from '../../result/finding.ts';
import type { CounterDifference, GateCounters } from '../../result/gate-document.ts';
import {
  type CounterDocument,
  type CounterValues,
  formatCounters,
  parseCounters,
} from '../../result/router-counters.ts';
import { readRouterName } from '../../router/router-name.ts';
import { isRouterFile } from '../../scenario/router-file.ts';
import { countRouter } from './count-router.ts';
import type { GateRouter } from './gate-routers.ts';

/** Where the counters of a tree are kept, from its top. */
export const countersPath = 'results/baseline/router-counters.json';

/** The stored counters of head; null where there is no such file. */
async function readBaseline(headFolder: string): Promise<CounterDocument | null> {
  const path = join(headFolder, countersPath);
  try {
    return parseCounters(await readFile(path, 'utf8'), countersPath);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The trees that are compared. */
interface Trees {
  readonly headFolder: string;
  readonly baseFolder: string;
  readonly signal: AbortSignal;
}

/**
 * Compares what head's routers do with the baseline of head, and those of the user's own that it
 * does not have with the same file of the base. Nothing is timed. `all`: every router of the
 * baseline must still be there.
 */
export async function compareCounters(
  asked: readonly GateRouter[],
  all: boolean,
  { headFolder, baseFolder, signal }: Trees,
): Promise<Unworded<GateCounters>> {
  const baseline = await readBaseline(headFolder);
  const routers = [...asked, ...(all ? parametrised(baseline, asked) : [])];
  const countIn = (router: GateRouter, folder: string) =>
    countRouter({ router, folder, headFolder }, signal);
  const differences: CounterDifference[] = [];
  const problems: Fact[] = [];
  const against = new Set<string>();
  let compared = 0;
  const compare = (
    of: CounterDifference['of'],
    subject: string,
    expected: CounterValues,
    found: CounterValues,
  ): void => {
    compared += Object.keys(found).length;
    differences.push(...counterDifferences({ subject, of, workCounters }, expected, found));
  };
  // Without routers of the registry their hashes are those of the installed program.
  const hashes = routers.some(({ own }) => !own) ? hashCounters() : {};
  if (baseline !== null && Object.keys(hashes).length > 0) {
    for (const [hash, digest] of Object.entries(hashes)) {
      const stored = baseline.hashes[hash];
      const values = (value: string | undefined): CounterValues =>
        value === undefined ? {} : { 'values of keys': value };
      compare('key hash', `key hash ${hash}`, values(stored), values(digest));
    }
  }
  for (const router of routers) {
    const subject = router.name;
    const stored = baseline?.routers[subject];
    const found = await countIn(router, headFolder);
    if (stored === undefined && !router.own) {
      problems.push(
        'problem' in found
          ? notCounted(subject, found.problem)
          : counterFact(baseline === null ? 'no-baseline' : 'not-in-baseline', subject),
      );
      continue;
    }
    const expected =
      stored === undefined ? await countIn(router, baseFolder) : { counters: stored };
    against.add(stored === undefined ? 'the base' : countersPath);
    if ('problem' in found) problems.push(notCounted(subject, found.problem, 'head'));
    if ('problem' in expected) problems.push(notCounted(subject, expected.problem, 'base'));
    if ('problem' in found || 'problem' in expected) continue;
    compare('router', subject, expected.counters, found.counters);
  }
  const names = new Set(routers.map(({ name }) => name));
  const gone = Object.keys(baseline?.routers ?? {}).filter(
    (name) => all && !isRouterFile(name) && !names.has(name),
  );
  problems.push(...gone.map((subject) => counterFact('router-gone', subject)));
  return {
    routers: [...names],
    hashes: Object.keys(hashes).length,
    compared,
    against: [...against],
    differences,
    problems,
  };
}

/** Routers of the registry that the baseline has with a parameter of their own, as `ring:150`. */
function parametrised(
  baseline: CounterDocument | null,
  asked: readonly GateRouter[],
): readonly GateRouter[] {
  const names = new Set(asked.map(({ name }) => name));
  return Object.keys(baseline?.routers ?? {})
    .filter((name) => !names.has(name) && !isRouterFile(name))
    .filter((name) => !('problem' in readRouterName(name)))
    .map((name) => ({ name, own: false }));
}

/** Codes by the tree in which a router could not be counted. */
const notCountedIn = {
  head: 'router-not-counted-in-head',
  base: 'router-not-counted-in-base',
} as const;

/** Why there is no evidence about a router's counters. */
function notCounted(subject: string, problem: string, side?: 'head' | 'base'): Fact {
  const code = side === undefined ? 'router-not-counted' : notCountedIn[side];
  return fact(code, { severity: 'error', names: { subject, problem }, place: '/counters' });
}

/** What the file of the baseline and head's routers do not have in common. */
function counterFact(code: string, subject: string): Fact {
  const names = { subject, file: countersPath };
  return fact(code, { severity: 'error', names, place: '/counters' });
}

/**
 * Writes the counters of head's routers, beside those of others that the file has. Gives the path.
 *
 * @throws UserError where a router cannot be counted, or the file there is no such document
 */
export async function writeCounters(
  asked: readonly GateRouter[],
  all: boolean,
  headFolder: string,
): Promise<string> {
  // Of all routers: those that are gone leave the file too, but the user's own stay.
  const before = await readBaseline(headFolder);
  const routers = [...asked, ...(all ? parametrised(before, asked) : [])];
  const kept = Object.entries(before?.routers ?? {}).filter(([name]) => !all || isRouterFile(name));
  const counted: Record<string, CounterValues> = Object.fromEntries(kept);
  for (const router of routers) {
    const found = await countRouter({ router, folder: headFolder, headFolder });
    if ('problem' in found) {
      throw new UserError(`${router.name}: ${found.problem}`, { exitCode: 4 });
    }
    counted[router.name] = found.counters;
  }
  const hashes = routers.some(({ own }) => !own) ? hashCounters() : (before?.hashes ?? {});
  const path = join(headFolder, countersPath);
  await writeAtomically(
    path,
    formatCounters({
      schema: 'shardlab/router-counters/v1',
      seed: counterSeed,
      hashes,
      routers: counted,
    }),
  );
  return path;
}
