import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import { outcomes } from '../../metrics/outcome.ts';
import { timeout } from '../../traffic/ends.ts';
import type { Completion, RowCounts, Staging, Target } from '../../traffic/ports.ts';
import type { CellTables } from '../../traffic/tables/cell-tables.ts';
import type { OperationTrace } from '../../traffic/tables/trace.ts';
import type { Workload } from '../../workload/types.ts';
import type { PooledConnection } from '../connection.ts';
import { ConnectionPools } from '../connection-pools.ts';
import { outcomeOf } from '../outcome-of.ts';
import { poolStaging } from '../pool-staging.ts';
import { rollbackName } from '../prepared-statements.ts';
import type { PostgresTargetOptions } from '../target.ts';
import { Gatherings } from './gatherings.ts';
import { parameterText } from './parameter-text.ts';
import { type PreparedScript, prepareScripts } from './prepared-scripts.ts';
import { runSteps } from './run-steps.ts';
import { type Failure, ScriptRun } from './script-run.ts';

const lookPeriodMs = 100;

/**
 * Operations on the tables of a scenario, on real shards. In one round trip (implicit) each shard
 * gets a frame of its own with all statements that run there. All others go statement by statement,
 * on all shards of the operation together: the driver's queries of one arrival are gathered until
 * each of its shards has a connection.
 */
export class ScriptTarget implements Target {
  private readonly scripts: readonly (PreparedScript | null)[];
  private readonly pools: ConnectionPools;
  readonly staging?: Staging;
  private readonly gatherings: Gatherings;
  /** Of each ticket; undefined for what goes in one round trip. */
  private readonly runs: (ScriptRun | undefined)[] = [];
  private trace: OperationTrace;
  private completion: Completion = () => undefined;
  private looking: NodeJS.Timeout | undefined;

  constructor(
    { operations }: Workload,
    tables: Pick<CellTables, 'layout' | 'trace'>,
    addresses: readonly ShardAddress[],
    options: PostgresTargetOptions,
  ) {
    this.scripts = prepareScripts(operations, tables.layout);
    this.trace = tables.trace();
    const statements = this.scripts.flatMap((script) => script?.statements ?? []);
    const rollsBack = this.scripts.some((script) => script?.rollsBack === true);
    const { statementTimeoutMs, connectionsPerShard, outbox, reports = false } = options;
    this.gatherings = new Gatherings(statementTimeoutMs);
    this.pools = new ConnectionPools(
      addresses,
      connectionsPerShard,
      {
        prepare: statements.map(({ prepare }) => prepare),
        rollsBack,
        statementTimeoutMs,
        connectTimeoutMs: statementTimeoutMs,
        reports,
        ...(outbox && { outbox }),
      },
      (connection, code, message, rows) => this.ended(connection, code, message, rows),
    );
    if (outbox === undefined) return;
    this.staging = poolStaging(this.pools, outbox, (...query) => this.stage(...query));
  }

  /** Opens every connection of every shard, all at once. */
  async warmUp(): Promise<void> {
    await this.pools.open();
    this.looking = setInterval(() => this.endOverdue(), lookPeriodMs).unref();
  }

  /** From now on arrivals go where this trace says: the routes of the next phase. */
  follow(trace: OperationTrace): void {
    this.trace = trace;
  }

  onComplete(completion: Completion): void {
    this.completion = completion;
  }

  execute(
    ticket: number,
    shard: number,
    operation: number,
    _mask: number,
    tenant: number,
    row: number,
  ): void {
    const script = this.scriptOf(operation);
    this.trace.open(operation, tenant, row);
    const connection = this.pools.take(shard, ticket);
    if (script.transaction === 'implicit') {
      this.fill(connection, script);
      connection.run();
    } else this.join(ticket, connection, script, row);
  }

  abandon(ticket: number): void {
    const run = this.runs[ticket];
    if (run === undefined) this.pools.cut(ticket);
    else if (run.failure?.code === abandoned.code) return;
    else if (run.isGathering) {
      this.gatherings.remove(run);
      run.fail(null, abandoned.code, abandoned.message);
      // The driver is in the middle of giving up others.
      queueMicrotask(() => this.endRun(run));
    } else run.cut();
  }

  /** @see ConnectionPools.report */
  report(): Promise<boolean> {
    return this.pools.report();
  }

  async close(): Promise<void> {
    clearInterval(this.looking);
    await this.pools.close();
  }

  private stage(
    ticket: number,
    shard: number,
    operation: number,
    _mask: number,
    tenant: number,
    row: number,
  ): number {
    const script = this.scriptOf(operation);
    // The other thread sends one frame, and hears of no answer.
    if (script.transaction !== 'implicit') return -1;
    this.trace.open(operation, tenant, row);
    const connection = this.pools.take(shard, ticket);
    this.fill(connection, script);
    if (connection.stage()) return connection.place;
    this.pools.release(connection);
    return -1;
  }

  /** Writes all statements of the open arrival that run on this shard. */
  private fill(
    { frame, shard }: PooledConnection,
    { statements, rollsBack }: PreparedScript,
  ): void {
    const { trace } = this;
    frame.clear();
    for (let step = 0; step < trace.stepCount; step += 1) {
      if (!runsOn(trace, step, shard)) continue;
      const { name, statement } = present(statements[trace.statementOf(step)], 'statement');
      const repetition = trace.repetitionOf(step);
      frame.bind(name, statement.parameters.length);
      for (const parameter of statement.parameters) {
        // Where a value comes from an answer, the statements go one by one.
        const isOwn = parameter.kind !== 'answer';
        frame.value(isOwn ? parameterText(trace.rows, parameter, repetition) : null);
      }
      frame.execute();
    }
    if (!rollsBack) return;
    frame.bind(rollbackName, 0);
    frame.execute();
  }

  /** The open arrival gets one of its connections; with the last it starts. */
  private join(
    ticket: number,
    connection: PooledConnection,
    script: PreparedScript,
    number: number,
  ): void {
    const gathering = this.gatherings.of(number);
    const run = gathering ?? this.openRun(script, number);
    this.runs[ticket] = run;
    run.join(ticket, connection);
    if (!run.isGathering) {
      this.gatherings.remove(run);
      run.start();
    } else if (gathering === undefined) this.gatherings.add(run, performance.now());
  }

  private openRun(script: PreparedScript, number: number): ScriptRun {
    const { trace } = this;
    const shards = Array.from({ length: trace.fanOut }, (_, i) => trace.shardAt(i));
    const steps = runSteps(trace, script);
    return new ScriptRun(number, { script, steps, shards }, (run) => this.endRun(run));
  }

  private ended(
    connection: PooledConnection,
    code: string,
    message: string,
    rows?: RowCounts,
  ): void {
    const { ticket } = connection;
    const run = this.runs[ticket];
    if (run !== undefined) {
      run.answered(connection, code, message, rows);
      return;
    }
    this.pools.release(connection);
    this.completion(ticket, outcomeOf(code), code, message, rows);
  }

  /** Frees all connections of an operation, then tells of all its queries. */
  private endRun({ participants, failure }: ScriptRun): void {
    for (const { ticket, connection } of participants) {
      if (connection === null) continue;
      this.runs[ticket] = undefined;
      this.pools.release(connection);
    }
    for (const { ticket, shard, rows } of participants) {
      if (ticket === -1) continue;
      if (failure === null) this.completion(ticket, outcomes.ok, '', '', rows);
      else this.tell(ticket, shard, failure);
    }
  }

  /** All shards of a failed operation end as the one that failed. */
  private tell(ticket: number, shard: number, failure: Failure): void {
    const { code } = failure;
    const own = failure.shard === null || failure.shard === shard;
    const message = own
      ? failure.message
      : `ended because shard ${failure.shard} failed: ${failure.message}`;
    const outcome = code === timeout.code ? outcomes.timedOut : outcomeOf(code);
    this.completion(ticket, outcome, code, message);
  }

  private endOverdue(): void {
    for (const run of this.gatherings.overdue(performance.now())) {
      run.fail(null, timeout.code, timeout.message);
      this.endRun(run);
    }
  }

  private scriptOf(operation: number): PreparedScript {
    return present(this.scripts[operation], 'an operation that the layout can run');
  }
}

const abandoned = { code: 'abandoned', message: 'a shard of the operation had no connection' };

function runsOn(trace: OperationTrace, step: number, shard: number): boolean {
  const count = trace.shardCountOf(step);
  for (let i = 0; i < count; i += 1) if (trace.shardOf(step, i) === shard) return true;
  return false;
}
