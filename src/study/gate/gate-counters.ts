import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../base/user-error.ts';
import { counterDifferences } from '../../gate/counter-differences.ts';
import { writeAtomically } from '../../host/files.ts';
import { counterSeed, hashCounters } from '../../placement/router-counters.ts';
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
 * Compares what head's routers do with the baseline of head, and those of the user's own that it does
 * not have with the same file of the base. Nothing is timed. `all`: every router of the baseline must
 * still be there.
 */
export async function compareCounters(
  asked: readonly GateRouter[],
  all: boolean,
  { headFolder, baseFolder, signal }: Trees,
): Promise<GateCounters> {
  const baseline = await readBaseline(headFolder);
  const routers = [...asked, ...(all ? parametrised(baseline, asked) : [])];
  const countIn = (router: GateRouter, folder: string) =>
    countRouter({ router, folder, headFolder }, signal);
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
    const found = await countIn(router, headFolder);
    if (stored === undefined && !router.own) {
      const absent = missingBaseline(subject, baseline !== null);
      problems.push({ subject, problem: 'problem' in found ? found.problem : absent });
      continue;
    }
    const expected =
      stored === undefined ? await countIn(router, baseFolder) : { counters: stored };
    against.add(stored === undefined ? 'the base' : countersPath);
    if ('problem' in found) problems.push({ subject, problem: `in head: ${found.problem}` });
    if ('problem' in expected) {
      const hint = 'a new router cannot be compared until the base has it too';
      problems.push({ subject, problem: `in the base: ${expected.problem}; ${hint}` });
    }
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
      problem: `${countersPath} has counters of this router, but head does not have the router`,
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

function missingBaseline(router: string, isFile: boolean): string {
  const what = isFile
    ? `${countersPath} has no counters of this router`
    : `there is no ${countersPath}`;
  return `${what}; write the counters and commit them: shardlab gate --write-counters --router ${router}`;
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
