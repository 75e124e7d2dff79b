import { present } from '../base/assert.ts';
import type { Outbox } from '../traffic/outbox.ts';
import type { Completion, RowCounts, Staging, Target } from '../traffic/ports.ts';
import type { Workload } from '../workload/types.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import type { PooledConnection } from './connection.ts';
import { ConnectionPools } from './connection-pools.ts';
import { outcomeOf } from './outcome-of.ts';
import { poolStaging } from './pool-staging.ts';
import { type PreparedOperation, prepareStatements, rollbackName } from './prepared-statements.ts';

export interface PostgresTargetOptions {
  readonly connectionsPerShard: number;
  readonly statementTimeoutMs: number;
  /** Whether sessions are asked to report what they did; absent: never. */
  readonly reports?: boolean;
  /** Of the pacer, where it has one: its thread then sends staged queries. */
  readonly outbox?: Outbox;
}

/**
 * Shard queries on real shards: one warmed pool for each shard, every statement prepared before.
 */
export class PostgresTarget implements Target {
  private readonly operations: readonly PreparedOperation[];
  private readonly pools: ConnectionPools;
  readonly staging?: Staging;
  private completion: Completion = () => undefined;

  constructor(
    workload: Workload,
    addresses: readonly ShardAddress[],
    options: PostgresTargetOptions,
  ) {
    this.operations = prepareStatements(workload);
    const prepare = this.operations.flatMap(({ statements }) =>
      statements.map((one) => one.prepare),
    );
    const rollsBack = this.operations.some((operation) => operation.rollsBack);
    const { statementTimeoutMs, connectionsPerShard, outbox, reports = false } = options;
    const settings = {
      prepare,
      rollsBack,
      statementTimeoutMs,
      connectTimeoutMs: statementTimeoutMs,
      reports,
      ...(outbox && { outbox }),
    };
    this.pools = new ConnectionPools(
      addresses,
      connectionsPerShard,
      settings,
      (connection, code, message, rows) => this.end(connection, code, message, rows),
    );
    if (outbox === undefined) return;
    this.staging = poolStaging(this.pools, outbox, (...query) => this.stage(...query));
  }

  /** Opens every connection of every shard, all at once. */
  async warmUp(): Promise<void> {
    await this.pools.open();
  }

  onComplete(completion: Completion): void {
    this.completion = completion;
  }

  execute(
    ticket: number,
    shard: number,
    operation: number,
    mask: number,
    tenant: number,
    row: number,
  ): void {
    this.ready(ticket, shard, operation, mask, tenant, row).run();
  }

  private stage(
    ticket: number,
    shard: number,
    operation: number,
    mask: number,
    tenant: number,
    row: number,
  ): number {
    const connection = this.ready(ticket, shard, operation, mask, tenant, row);
    if (connection.stage()) return connection.place;
    this.pools.release(connection);
    return -1;
  }

  /** Takes an idle connection of the shard and writes the query into its frame. */
  private ready(
    ticket: number,
    shard: number,
    operation: number,
    mask: number,
    tenant: number,
    row: number,
  ): PooledConnection {
    const connection = this.pools.take(shard, ticket);
    const { frame } = connection;
    frame.clear();
    const { statements, rollsBack } = present(this.operations[operation], 'operation');
    for (let i = 0; i < statements.length; i++) {
      if ((mask & (1 << i)) === 0) continue;
      const statement = present(statements[i], 'statement');
      frame.bind(statement.name, statement.values.length);
      for (const value of statement.values) frame.value(value(tenant, row));
      frame.execute();
    }
    if (rollsBack) {
      frame.bind(rollbackName, 0);
      frame.execute();
    }
    return connection;
  }

  abandon(ticket: number): void {
    this.pools.cut(ticket);
  }

  /** @see ConnectionPools.report */
  report(): Promise<boolean> {
    return this.pools.report();
  }

  async close(): Promise<void> {
    await this.pools.close();
  }

  private end(connection: PooledConnection, code: string, message: string, rows?: RowCounts): void {
    const { ticket } = connection;
    this.pools.release(connection);
    this.completion(ticket, outcomeOf(code), code, message, rows);
  }
}
