import { exitCodes, UserError } from '../base/user-error.ts';
import { lookupNs } from '../host/lookup-cost.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { retainedBytes } from '../host/retained-bytes.ts';
import { type Streams, tableView } from '../host/terminal.ts';
import { comparisonTable } from '../report/router-comparison.ts';
import { shardsMax } from '../router/build-router.ts';
import type { RouterCost } from '../result/router-comparison.ts';
import type { RouterTopology } from '../router/contract.ts';
import type { Topology } from '../scenario/types.ts';
import { assumedDrift } from '../study/compare/assumed-drift.ts';
import {
  comparisonOf,
  comparisonPlan,
  type MeasuredRouter,
} from '../study/compare/compare-routers.ts';
import { runTasks } from '../study/compare/compare-workers.ts';
import { loadScenario } from '../study/scenario/load-scenario.ts';

export interface CompareFlags {
  readonly shards?: number;
  readonly samples?: number;
  readonly seed?: string;
  /** sigma of the drift. */
  readonly drift?: string;
  /** A later file of the tenants' weights. */
  readonly later?: string;
  readonly json?: true;
  readonly wide?: true;
}

const lookupBudgetMs = 25;
const memoryBudgetMs = 45;
const samplesMax = 100_000;
/** Share of the time until all is placed; measuring costs takes the rest. */
const placedFraction = 0.75;

/** `shardlab route --compare`: the table or the document to stdout, progress to stderr. */
export async function compareCommand(
  path: string,
  flags: CompareFlags,
  streams: Streams,
): Promise<void> {
  const { stdout, environment } = streams;
  checkFlags(flags);
  const overrides = flags.seed === undefined ? {} : { seed: flags.seed };
  const loading = quietProgress(streams);
  const loaded = await loadScenario(path, overrides, loading.report).finally(loading.end);
  const topology = topologyFor(loaded.scenario.topology, flags.shards);
  const samples = flags.samples ?? null;
  const drift = await assumedDrift(loaded, flags);
  const plan = comparisonPlan(loaded, topology, samples, drift);
  const { report, end } = quietProgress(streams);
  const count = plan.tasks.length;
  const request = { path, overrides, topology, samples, drift };
  const results = await runTasks(request, count, (done) =>
    report('comparing routers', (placedFraction * done) / count),
  );
  // Afterwards: while workers run, nothing else can be timed.
  report('measuring look-ups and memory', placedFraction);
  const comparison = comparisonOf(loaded, plan, results, createCostOf());
  end();
  if (flags.json === true) stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else stdout.write(comparisonTable(comparison, tableView(stdout, environment, flags)));
}

function checkFlags({ shards, samples }: CompareFlags): void {
  const problems: string[] = [];
  if (shards !== undefined && (shards < 1 || shards >= shardsMax)) {
    problems.push(`--shards: found ${shards}; allowed: a whole number from 1 to ${shardsMax - 1}`);
  }
  if (samples !== undefined && (samples < 1 || samples > samplesMax)) {
    problems.push(`--samples: found ${samples}; allowed: a whole number from 1 to ${samplesMax}`);
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}

/** The scenario's weights belong to its own number of shards; others are equal. */
function topologyFor({ shards, weights }: Topology, asked: number | undefined): RouterTopology {
  if (asked === undefined || asked === shards) return { shardCount: shards, weights };
  return { shardCount: asked, weights: Array.from({ length: asked }, () => 1) };
}

/** What a router holds depends on the keys only where it is built from them: measured once. */
function createCostOf(): (measured: MeasuredRouter) => RouterCost {
  const memory = new Map<string, number | null>();
  return ({ candidate, router, make, keys }) => {
    const { definition, spec } = candidate;
    const keyed = definition.traits.placesKnownKeys;
    const identity = JSON.stringify([spec, keyed ? keys.shardKey : null]);
    const bytes = memory.get(identity) ?? positive(retainedBytes(make, memoryBudgetMs));
    memory.set(identity, bytes);
    return { memoryBytes: bytes, lookupNs: positive(lookupNs(router, keys.known, lookupBudgetMs)) };
  };
}

const positive = (value: number): number | null => (value > 0 ? value : null);
