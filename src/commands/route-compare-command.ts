import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { type Streams, tableView } from '../host/terminal.ts';
import { comparisonTable } from '../report/router-comparison.ts';
import {
  compare,
  type RouteComparisonChoices,
  comparedShardsMax,
} from '../study/compare-routers/route-comparison.ts';

export interface RouteCompareFlags extends RouteComparisonChoices {
  readonly json?: true;
  readonly wide?: true;
}

const samplesMax = 100_000;

/** `shardlab route --compare`: the table or the document to stdout, progress to stderr. */
export async function routeCompareCommand(
  path: string,
  flags: RouteCompareFlags,
  streams: Streams,
): Promise<void> {
  const { stdout, environment } = streams;
  checkFlags(flags);
  const comparison = await compare(path, flags, () => quietProgress(streams));
  if (flags.json === true) stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else stdout.write(comparisonTable(comparison, tableView(stdout, environment, flags)));
}

function checkFlags({ shards, samples }: RouteCompareFlags): void {
  const problems: string[] = [];
  if (shards !== undefined && (shards < 1 || shards > comparedShardsMax)) {
    const allowed = `a whole number from 1 to ${comparedShardsMax}`;
    problems.push(`--shards: found ${shards}; allowed: ${allowed}`);
  }
  if (samples !== undefined && (samples < 1 || samples > samplesMax)) {
    problems.push(`--samples: found ${samples}; allowed: a whole number from 1 to ${samplesMax}`);
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}
