import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../base/user-error.ts';
import { counterDifferences } from '../gate/counter-differences.ts';
import { writeAtomically } from '../host/files.ts';
import { counterSeed, hashCounters, routerCounters } from '../placement/router-counters.ts';
import type { CounterDifference, GateCounters } from '../result/gate-document.ts';
import {
  type CounterDocument,
  type CounterValues,
  formatCounters,
  parseCounters,
} from '../result/router-counters.ts';
import { isRouterFile } from '../scenario/router-file.ts';
import { countedRouter, type GateRouter } from './gate-routers.ts';

/** Where the counters of a tree are kept, from its top. */
export const countersPath = 'results/baseline/router-counters.json';

type Counted = { readonly counters: CounterValues } | { readonly problem: string };

/** The counters of a router in a tree, or why there are none. */
async function count(router: GateRouter, folder: string, headFolder: string): Promise<Counted> {
  const found = await countedRouter(router, folder, headFolder);
  if ('problem' in found) return found;
  try {
    return { counters: routerCounters(found) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error.message };
  }
}

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

/**
 * Compares what head's routers do with the baseline of head, and those of the user's own that it does
 * not have with the same file of the base. Nothing is timed. `all`: every router of the baseline must
 * still be there.
 */
export async function compareCounters(
  routers: readonly GateRouter[],
  all: boolean,
  headFolder: string,
  baseFolder: string,
): Promise<GateCounters> {
  const baseline = await readBaseline(headFolder);
  const differences: CounterDifference[] = [];
  const problems: { subject: string; problem: string }[] = [];
  const against = new Set<string>();
  let compared = 0;
  const compare = (subject: string, expected: CounterValues, found: CounterValues): void => {
    compared += Object.keys(found).length;
    differences.push(...counterDifferences(subject, expected, found));
  };
  // Without routers of the registry their hashes are those of the installed program.
  const hashes = routers.some(({ own }) => !own) ? hashCounters() : {};
  if (baseline !== null && Object.keys(hashes).length > 0) {
    for (const [hash, digest] of Object.entries(hashes)) {
      const stored = baseline.hashes[hash];
      const values = (value: string | undefined): CounterValues =>
        value === undefined ? {} : { 'values of keys': value };
      compare(`key hash ${hash}`, values(stored), values(digest));
    }
  }
  for (const router of routers) {
    const subject = router.name;
    const stored = baseline?.routers[subject];
    const found = await count(router, headFolder, headFolder);
    if (stored === undefined && !router.own) {
      const absent = missingBaseline(subject, baseline !== null);
      problems.push({ subject, problem: 'problem' in found ? found.problem : absent });
      continue;
    }
    const expected =
      stored === undefined ? await count(router, baseFolder, headFolder) : { counters: stored };
    against.add(stored === undefined ? 'the base' : countersPath);
    if ('problem' in found) problems.push({ subject, problem: `in head ${found.problem}` });
    if ('problem' in expected)
      problems.push({ subject, problem: `in the base ${expected.problem}` });
    if ('problem' in found || 'problem' in expected) continue;
    compare(subject, expected.counters, found.counters);
  }
  const names = new Set(routers.map(({ name }) => name));
  const gone = Object.keys(baseline?.routers ?? {}).filter(
    (name) => all && !isRouterFile(name) && !names.has(name),
  );
  for (const subject of gone) {
    problems.push({
      subject,
      problem: `${countersPath} has counters of it, but head has no such router`,
    });
  }
  return {
    routers: [...names],
    hashes: Object.keys(hashes).length,
    compared,
    against: [...against],
    differences,
    problems,
  };
}

function missingBaseline(router: string, isFile: boolean): string {
  const what = isFile ? `${countersPath} has no counters of it` : `there is no ${countersPath}`;
  return `${what}; write and commit it: shardlab gate --write-counters --router ${router}`;
}

/**
 * Writes the counters of head's routers, beside those of others that the file has. Gives the path.
 *
 * @throws UserError where a router cannot be counted, or the file there is no such document
 */
export async function writeCounters(
  routers: readonly GateRouter[],
  all: boolean,
  headFolder: string,
): Promise<string> {
  // Of all routers: those that are gone leave the file too, but the user's own stay.
  const before = await readBaseline(headFolder);
  const kept = Object.entries(before?.routers ?? {}).filter(([name]) => !all || isRouterFile(name));
  const counted: Record<string, CounterValues> = Object.fromEntries(kept);
  for (const router of routers) {
    const found = await count(router, headFolder, headFolder);
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
