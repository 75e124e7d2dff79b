import type { RunningFleet } from '../src/fleet/types.ts';
import type { ShardAddress } from '../src/base/shard-address.ts';
import { createSchema, recreateDatabase, withClient } from '../src/postgres/database.ts';
import type { ArrivalProcess, Scenario } from '../src/scenario/types.ts';
import { type DriverRun, driverScenario, driveShard } from './driver-run.ts';
import { type PgbenchRun, runPgbench } from './pgbench.ts';

export const clients = 8;
const tenant = 'tenant-00042';
const note = 'x'.repeat(100);
/**
 * Clients take ids in turn, so that they rise together as the driver's do: a range of ids for each
 * client would spare pgbench the contention for the last page of the index.
 */
const script = `\\set n :n + 1
\\set id :n * ${clients} + :client_id
insert into events values (:tenant, :id, :note);
`;

export const poisson = (ratePerSecond: number): ArrivalProcess => ({
  process: 'poisson',
  ratePerSecond,
});

/** One run of each, one after the other. */
export interface Pair {
  readonly ours: DriverRun;
  readonly theirs: PgbenchRun | null;
}

/** Runs of the driver and of pgbench on the one shard of a fleet, in pairs. */
export class PairedRuns {
  private readonly fleet: RunningFleet;
  private readonly size: { readonly pairs: number; readonly seconds: number };
  private readonly say: (line: string) => void;

  constructor(
    fleet: RunningFleet,
    size: { readonly pairs: number; readonly seconds: number },
    say: (line: string) => void,
  ) {
    this.fleet = fleet;
    this.size = size;
    this.say = say;
  }

  /** `rate`: Poisson arrivals per second; null: a closed loop. */
  async pairs(what: string, rate: number | null, compared: boolean): Promise<Pair[]> {
    const pairs: Pair[] = [];
    for (let i = 0; i < this.size.pairs; i++) {
      this.say(`${what}: pair ${i + 1} of ${this.size.pairs}`);
      // Alternating order, so that a machine that gets slower favours neither.
      const first = i % 2 === 0 ? await this.ours(rate) : null;
      const theirs = compared ? await this.theirs(rate) : null;
      const ours = first ?? (await this.ours(rate));
      pairs.push({ ours, theirs });
    }
    return pairs;
  }

  private async freshTable(): Promise<ShardAddress> {
    const [shard] = this.fleet.shards;
    if (shard === undefined) throw new Error('no shard');
    const address = await recreateDatabase(shard, 'bench');
    const { schema } = await driverScenario(1, poisson(1));
    await createSchema([address], schema);
    await withClient(address, (client) => client.query('checkpoint'));
    return address;
  }

  private async ours(rate: number | null): Promise<DriverRun> {
    const address = await this.freshTable();
    const arrivals = rate === null ? null : poisson(rate);
    return driveShard(await this.scenario(arrivals), address);
  }

  private async scenario(arrivals: ArrivalProcess | null): Promise<Scenario> {
    const base = await driverScenario(this.size.seconds, arrivals ?? poisson(1));
    return arrivals === null ? { ...base, loop: { kind: 'closed', clients } } : base;
  }

  private async theirs(rate: number | null): Promise<PgbenchRun> {
    const address = await this.freshTable();
    const variables = { n: 0, tenant, note };
    return runPgbench({ address, script, variables, clients, seconds: this.size.seconds, rate });
  }
}
