import { formatDuration, durationAllowed, parseDuration } from '../../base/units.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { isRouterFile, splitRouter } from '../../scenario/router-file.ts';

/** What the command line gave, as typed. */
export interface GateFlags {
  readonly base?: string;
  readonly router: readonly string[];
  readonly maxTime: string;
  readonly seed: string;
  readonly json?: true;
  readonly wide?: true;
  readonly out?: string;
  readonly markdown?: string;
  readonly junit?: string;
  readonly benchmarkJson?: string;
  readonly writeCounters?: true;
}

export interface GateChoices {
  readonly base: string;
  /** As written, each once; empty: all that head has. */
  readonly routers: readonly string[];
  readonly maxTimeMs: number;
  readonly seed: number;
}

const shortestMs = 1000;
const longestMs = 3_600_000;

/** Reads the flags; a UserError says everything that is wrong with them. */
export function gateChoices(flags: GateFlags): GateChoices {
  const problems = routerProblems(flags.router);
  const { base = '' } = flags;
  if (base === '' && flags.writeCounters !== true) {
    problems.push('--base is missing; allowed: a git ref such as origin/main, or a folder');
  }
  const maxTimeMs = parseDuration(flags.maxTime);
  if (maxTimeMs === undefined || maxTimeMs < shortestMs || maxTimeMs > longestMs) {
    problems.push(
      `--max-time: found "${flags.maxTime}"; allowed: ${durationAllowed}, from ` +
        `${formatDuration(shortestMs)} to ${formatDuration(longestMs)}`,
    );
  }
  const seed = /^\d{1,9}$/.test(flags.seed) ? Number(flags.seed) : null;
  if (seed === null) {
    problems.push(`--seed: found "${flags.seed}"; allowed: a whole number of up to 9 digits`);
  }
  if (problems.length > 0 || maxTimeMs === undefined || seed === null) {
    throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  }
  return { base, routers: [...new Set(flags.router)], maxTimeMs, seed };
}

function routerProblems(routers: readonly string[]): string[] {
  return routers.flatMap((router) => {
    if (router === '') return ['--router is empty; allowed: a name, or a file (./my-router.ts)'];
    const numbered = isRouterFile(router) && splitRouter(router).asked !== undefined;
    return numbered
      ? [
          `--router ${router}: a router file takes no number here; write the number into ` +
            'the file as its default',
        ]
      : [];
  });
}
