// Kiefer & Wolfowitz 1955, "On the theory of queues with many servers".
import { rngFrom, type Rng } from '../base/rng.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import type { Operation } from '../scenario/types.ts';
import { CpuQuota, quotaPeriodNs } from './cpu-quota.ts';
import { EarliestTimes } from './earliest-times.ts';
import { type DrawService, serviceDraw } from './service-time.ts';
import { SharedCores } from './shared-cores.ts';
import { SharedStalls } from './shared-stalls.ts';

export interface ShardOptions {
  readonly simulation: Simulation;
  readonly operations: readonly Operation[];
  readonly seed: number;
  /** CPUs that one shard may use; null: as many as it has servers. */
  readonly quotaCpu: number | null;
  /** A query that is not answered so long after it was sent is cancelled. */
  readonly statementTimeoutNs: number;
  /** Throttled periods are counted until then. */
  readonly windowNs: number;
  /** By shard and operation: how many times as long it takes there; absent: once. */
  readonly rowFactors?: readonly Float64Array[];
}

/** What all shards of a machine have in common. */
interface SharedByShards {
  readonly cores: SharedCores | null;
  readonly stalls: SharedStalls | null;
}

/**
 * One shard: servers with one queue in front of them, first come first served. As nothing that
 * comes later changes when a query is answered, its end is known when it is sent: the next free
 * times of the servers are all there is to keep. Times are whole nanoseconds.
 */
export class ShardServers {
  /** Whether the last query was cancelled. */
  cancelled = false;
  /** Time that its servers have worked, all together. */
  workedNs = 0;
  private readonly servers: EarliestTimes;
  private readonly draws: readonly DrawService[];
  private readonly statements: readonly number[];
  /** By operation. */
  private readonly factors: Float64Array;
  private readonly networkNs: number;
  private readonly timeoutNs: number;
  private readonly windowNs: number;
  private readonly quota: CpuQuota | null;
  private readonly cores: SharedCores | null;
  private readonly stalls: SharedStalls | null;
  private readonly rng: Rng;

  constructor(
    shard: number,
    draws: readonly DrawService[],
    { cores, stalls }: SharedByShards,
    options: ShardOptions,
  ) {
    const { simulation, operations, seed, quotaCpu, windowNs } = options;
    this.servers = new EarliestTimes(simulation.servers);
    this.draws = draws;
    this.cores = cores;
    this.stalls = stalls;
    this.statements = operations.map(statementCount);
    const slow = simulation.slow.find((each) => each.shard === shard)?.factor ?? 1;
    this.factors = Float64Array.from(
      operations,
      (_, operation) => slow * (options.rowFactors?.[shard]?.[operation] ?? 1),
    );
    this.networkNs = Math.round(simulation.networkMs * 1e6);
    this.timeoutNs = options.statementTimeoutNs;
    this.windowNs = windowNs;
    // What all servers together cannot use up holds nothing back.
    const holdsBack = quotaCpu !== null && quotaCpu < simulation.servers;
    this.quota = holdsBack ? new CpuQuota(quotaCpu, windowNs) : null;
    // A stream for each shard: what one draws does not depend on how much another has to do.
    this.rng = rngFrom(seed, `service/${shard}`);
  }

  /**
   * When a query that is sent now is answered or cancelled. Calls must be in the order of their
   * times. `mask` has a bit for each statement that runs here: half of an operation is half of the
   * work.
   */
  answerNs(operation: number, mask: number, sentNs: number): number {
    const whole = this.statements[operation] ?? 1;
    const part = whole === 1 ? 1 : bits(mask) / whole;
    const uniform = this.rng.double();
    const drawn = (this.draws[operation] ?? zero)(uniform);
    const { earliest } = this.servers;
    const readyNs = sentNs > earliest ? sentNs : earliest;
    const { stalls } = this;
    const freeNs = this.cores === null ? readyNs : this.cores.startNs(readyNs);
    const startNs = stalls === null ? freeNs : stalls.resumeNs(freeNs);
    const slower = stalls === null ? 1 : stalls.factorAt(startNs);
    const workNs = Math.round(drawn * (this.factors[operation] ?? 1) * part * slower);
    const deadlineNs = sentNs + this.timeoutNs;
    this.cancelled = startNs >= deadlineNs;
    if (this.cancelled) return deadlineNs;
    this.workedNs += workNs;
    // While the quota holds it back it needs no core.
    const computedNs = startNs + workNs;
    this.cores?.occupy(stalls === null ? computedNs : stalls.endNs(startNs, computedNs));
    const allowedNs =
      this.quota === null
        ? computedNs
        : this.quota.finish(startNs, workNs, deadlineNs - this.networkNs);
    const endNs = stalls === null ? allowedNs : stalls.endNs(startNs, allowedNs);
    this.cancelled = endNs + this.networkNs > deadlineNs;
    this.servers.replaceEarliest(this.cancelled && endNs > deadlineNs ? deadlineNs : endNs);
    return this.cancelled ? deadlineNs : endNs + this.networkNs;
  }

  /** Share of the quota's periods in the window in which it was held back; null without a quota. */
  get throttledFraction(): number | null {
    if (this.quota === null) return null;
    return Math.min(1, this.quota.throttledPeriods / Math.ceil(this.windowNs / quotaPeriodNs));
  }
}

const zero: DrawService = () => 0;

/**
 * Of a script it is 1: how often its statements run differs from arrival to arrival, and its time
 * is that of a shard on which any of them runs.
 */
const statementCount = ({ statements, script }: Operation): number =>
  script === undefined ? statements.length : 1;

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

export function shardServers(count: number, options: ShardOptions): ShardServers[] {
  const { operations, simulation } = options;
  const draws = operations.map(({ name }) =>
    serviceDraw(simulation.operations[name] ?? simulation.service),
  );
  const { cores, stalls } = simulation;
  const { windowNs, seed } = options;
  const shared = {
    cores: cores === null ? null : new SharedCores(cores),
    stalls: stalls === null ? null : new SharedStalls(stalls, windowNs, seed),
  };
  return Array.from(
    { length: count },
    (_, shard) => new ShardServers(shard, draws, shared, options),
  );
}
