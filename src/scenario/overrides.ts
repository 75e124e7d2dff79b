import { suggest } from '../base/suggest.ts';
import { thresholdText } from '../base/thresholds/threshold-text.ts';
import {
  durationAllowed,
  fastest,
  longest,
  parseDuration,
  parseRate,
  rateAllowed,
} from '../base/units.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { maxRepeats, mostRepeats, repeatProblem } from './repeat.ts';
import { maxShards } from './topology-input.ts';
import { maxSharedCores } from './simulation-input.ts';
import { mostShards, withShardCounts } from './shard-counts.ts';
import { changing, tooManyChange } from './tenant-changes.ts';
import type { Simulation } from './simulation-types.ts';
import { maxTenants } from './tenants-input.ts';
import { tablesData } from './tables/tables-data.ts';
import type { TenantSource } from './tenant-types.ts';
import { typedThresholds } from './thresholds/read-thresholds.ts';
import type { ArrivalProcess, DataVolume, Scenario, Topology } from './types.ts';

/** What the command line may change, as typed. */
export interface ScenarioOverrides {
  readonly seed?: string;
  readonly duration?: string;
  readonly repeat?: string;
  readonly rate?: string;
  readonly shards?: string;
  readonly tenants?: string;
  /** Of a simulated machine that all shards share, or `own`: each has a machine of its own. */
  readonly cores?: string;
  /** Of a result that is calibrated on; there is no option for it. */
  readonly dataBytes?: number;
  /** Names of the cells to keep, `single` among them if it is wanted. */
  readonly strategies?: readonly string[];
  /** Limits beside those of the scenario, each `metric{tags}: expression`. */
  readonly threshold?: readonly string[];
}

/** The scenario with the command line's changes; all problems at once (exit code 2). */
export function overrideScenario(scenario: Scenario, overrides: ScenarioOverrides): Scenario {
  const problems: string[] = [];
  const seed = seedOf(overrides.seed, problems) ?? scenario.seed;
  const durationMs = durationOf(overrides.duration, problems) ?? scenario.durationMs;
  const arrivals = arrivalsOf(scenario.arrivals, overrides.rate, problems);
  const topology = topologyOf(scenario, overrides.shards, problems);
  const tenants = tenantsOf(scenario.tenants, overrides.tenants, problems);
  const simulation = simulationOf(scenario.simulation, overrides.cores, problems);
  const kept = keptStrategies(scenario, overrides.strategies, problems);
  const looksUp = kept.strategies.some(({ lookup }) => lookup !== undefined);
  const repeat = repeatOf(scenario, overrides, { durationMs, arrivals, looksUp }, problems);
  const limits = thresholdsOf({ ...scenario, topology, ...kept }, overrides, problems);
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  const data = dataOf(scenario, tenants, overrides.dataBytes);
  const said = {
    ...scenario,
    seed,
    durationMs,
    repeat,
    arrivals,
    topology,
    tenants,
    data,
    simulation,
  };
  return { ...said, ...kept, ...limits };
}

function repeatOf(
  { repeat: own }: Scenario,
  { repeat: text, duration }: ScenarioOverrides,
  window: { durationMs: number; arrivals: ArrivalProcess; looksUp: boolean },
  problems: string[],
): number {
  if (text === undefined) {
    // A window that is changed for once may be too short for the parts that the scenario wants.
    return duration === undefined ? own : mostRepeats(own, window);
  }
  const repeat = countOf('--repeat', text, maxRepeats, problems) ?? own;
  const problem = repeatProblem({ repeat, ...window });
  if (problem !== null) problems.push(`--repeat: ${problem}`);
  return repeat;
}

/** With those of the command line, whose names are looked up in what the run will have. */
function thresholdsOf(
  { thresholds = [], operations, strategies, baseline, topology }: Scenario,
  { threshold = [], shards: typed }: ScenarioOverrides,
  problems: string[],
): Pick<Scenario, 'thresholds'> {
  const shards = mostShards(topology);
  const names = {
    operations: operations.map(({ name }) => name),
    strategies: [...(baseline ? ['single'] : []), ...strategies.map(({ name }) => name)],
    shards,
  };
  for (const limit of typed === undefined ? [] : thresholds) {
    if ((limit.tags.shard ?? 0) < shards) continue;
    problems.push(`--shards: found ${typed}, but there is the limit ${thresholdText(limit)}`);
  }
  const all = [...thresholds, ...typedThresholds(threshold, names, problems)];
  return all.length === 0 ? {} : { thresholds: all };
}

/** Of tables so much as their rows take, which follow from the tenants. */
function dataOf(
  { data, tables }: Scenario,
  tenants: TenantSource,
  totalBytes = data.totalBytes,
): DataVolume {
  return tables === undefined ? { ...data, totalBytes } : tablesData(tables, tenants);
}

function seedOf(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  problems.push(`--seed: found "${text}"; allowed: a whole number from 0 to 2^53 - 1`);
  return undefined;
}

function durationOf(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const durationMs = parseDuration(text);
  const isTooLong = durationMs !== undefined && durationMs > longest.ms;
  if (durationMs !== undefined && durationMs > 0 && !isTooLong) return durationMs;
  const allowed = isTooLong ? `at most ${longest.text}` : durationAllowed;
  problems.push(`--duration: found "${text}"; allowed: ${allowed}`);
  return undefined;
}

/** On the command line a bare number is a rate per second. */
function arrivalsOf(
  arrivals: ArrivalProcess,
  text: string | undefined,
  problems: string[],
): ArrivalProcess {
  if (text === undefined) return arrivals;
  const rate = parseRate(/^[\d.]+$/.test(text) ? `${text}/s` : text);
  const isTooFast = rate !== undefined && rate > fastest.perSecond;
  if (rate === undefined || !(rate > 0) || isTooFast) {
    const any = `a number per second, or ${rateAllowed}`;
    const allowed = isTooFast ? `at most ${fastest.text}` : any;
    problems.push(`--rate: found "${text}"; allowed: ${allowed}`);
    return arrivals;
  }
  if (arrivals.process === 'constant' || arrivals.process === 'poisson') {
    return { ...arrivals, ratePerSecond: rate };
  }
  problems.push(
    `--rate: the scenario's arrivals are a ${arrivals.process}, which has its own rates; ` +
      'allowed: --rate with constant or poisson arrivals',
  );
  return arrivals;
}

function topologyOf(
  { topology, simulation }: Scenario,
  text: string | undefined,
  problems: string[],
): Topology {
  if (text === undefined) return topology;
  const counts = text.split(',').map((each) => countOf('--shards', each, maxShards, problems));
  const known = counts.filter((count) => count !== undefined);
  if (known.length < counts.length) return topology;
  if (new Set(known).size < known.length) {
    problems.push(`--shards: found ${text}; allowed: each number once`);
  }
  if (known.every((count) => count === topology.shards)) return withShardCounts(topology, known);
  if (new Set(topology.weights).size > 1) {
    const own = `the scenario's ${topology.shards} shards have weights of their own`;
    problems.push(`--shards: found ${text}, but ${own}; allowed: --shards with equal weights only`);
  }
  const fewest = Math.min(...known);
  for (const { shard } of simulation.slow.filter((each) => each.shard >= fewest)) {
    problems.push(`--shards: found ${text}, but the scenario's simulation slows shard ${shard}`);
  }
  return withShardCounts(topology, known);
}

function tenantsOf(
  tenants: TenantSource,
  text: string | undefined,
  problems: string[],
): TenantSource {
  if (text === undefined) return tenants;
  const count = countOf('--tenants', text, maxTenants, problems);
  if (tenants.distribution === 'file') {
    problems.push(
      `--tenants: the scenario's tenants come from the file ${tenants.file}; ` +
        'allowed: --tenants with a distribution of tenants, such as { zipf: 0.99, count: 10000 }',
    );
    return tenants;
  }
  if (count === undefined) return tenants;
  if (tenants.distribution === 'hotspot' && tenants.hot >= count) {
    problems.push(`--tenants: found ${text}; allowed: more than the ${tenants.hot} hot ones`);
  }
  if (tenants.distribution === 'listed' && tenants.top.length > count) {
    const { length } = tenants.top;
    problems.push(`--tenants: found ${text}; allowed: at least the ${length} of tenants.top`);
  }
  const tooMany = changing(tenants) > 0 ? tooManyChange(tenants, count) : undefined;
  if (tooMany !== undefined) problems.push(`--tenants: ${tooMany}`);
  return { ...tenants, count };
}

function simulationOf(
  simulation: Simulation,
  text: string | undefined,
  problems: string[],
): Simulation {
  if (text === undefined) return simulation;
  if (text === 'own') return { ...simulation, cores: null };
  const cores = countOf('--cores', text, maxSharedCores, problems, ', or own');
  return cores === undefined ? simulation : { ...simulation, cores };
}

function countOf(
  option: string,
  text: string,
  max: number,
  problems: string[],
  otherwise = '',
): number | undefined {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= max) return count;
  const range = `from 1 to ${max.toLocaleString('en')}`;
  problems.push(`${option}: found "${text}"; allowed: a whole number ${range}${otherwise}`);
  return undefined;
}

function keptStrategies(
  scenario: Scenario,
  names: readonly string[] | undefined,
  problems: string[],
): Pick<Scenario, 'strategies' | 'baseline'> {
  const { strategies, baseline } = scenario;
  if (names === undefined || names.length === 0) return { strategies, baseline };
  const known = [...(baseline ? ['single'] : []), ...strategies.map(({ name }) => name)];
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = suggest(name, known);
    const guess = near === undefined ? '' : `; did you mean ${near}?`;
    problems.push(`--strategy: found "${name}"; allowed: ${known.join(', ')}${guess}`);
  }
  return {
    strategies: strategies.filter(({ name }) => names.includes(name)),
    baseline: baseline && names.includes('single'),
  };
}
