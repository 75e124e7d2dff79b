import { present } from '../base/assert.ts';
import type { Completion, Target } from '../load/ports.ts';
import { outcomes } from '../metrics/outcome.ts';
import type { Workload } from '../workload/types.ts';
import { PooledConnection, type ShardAddress } from './connection.ts';
import { type PreparedStatement, prepareStatements } from './statements.ts';

export interface PostgresTargetOptions {
  readonly connectionsPerShard: number;
  readonly statementTimeoutMs: number;
}

/** query_canceled: what statement_timeout raises. */
const canceled = '57014';

/** Shard queries on real shards: one warmed pool for each shard, every statement prepared before. */
export class PostgresTarget implements Target {
  private readonly statements: readonly (readonly PreparedStatement[])[];
  private readonly connections: readonly (readonly PooledConnection[])[];
  /** Idle connections of each shard, used as stacks: the warmest first. */
  private readonly idle: readonly PooledConnection[][];
  private completion: Completion = () => undefined;

  constructor(
    workload: Workload,
    addresses: readonly ShardAddress[],
    options: PostgresTargetOptions,
  ) {
    this.statements = prepareStatements(workload);
    const prepare = this.statements.flat().map((statement) => statement.prepare);
    const { statementTimeoutMs } = options;
    this.connections = addresses.map((address, shard) =>
      Array.from(
        { length: options.connectionsPerShard },
        () =>
          new PooledConnection(
            shard,
            { address, prepare, statementTimeoutMs, connectTimeoutMs: statementTimeoutMs },
            (connection, code, message) => this.end(connection, code, message),
          ),
      ),
    );
    this.idle = this.connections.map((pool) => [...pool]);
  }

  /** Opens every connection of every shard, all at once. */
  async warmUp(): Promise<void> {
    await Promise.all(this.connections.flat().map((connection) => connection.connect()));
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
    const connection = present(this.idle[shard]?.pop(), 'idle connection');
    connection.ticket = ticket;
    const { frame } = connection;
    frame.clear();
    const statements = present(this.statements[operation], 'operation');
    for (let i = 0; i < statements.length; i++) {
      if ((mask & (1 << i)) === 0) continue;
      const statement = present(statements[i], 'statement');
      frame.bind(statement.name, statement.values.length);
      for (const value of statement.values) frame.value(value(tenant, row));
      frame.execute();
    }
    connection.run();
  }

  abandon(ticket: number): void {
    for (const pool of this.connections) {
      for (const connection of pool) if (connection.ticket === ticket) connection.cut();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.connections.flat().map((connection) => connection.close()));
  }

  private end(connection: PooledConnection, code: string, message: string): void {
    const { ticket } = connection;
    connection.ticket = -1;
    present(this.idle[connection.shard], 'shard').push(connection);
    const outcome =
      code === '' ? outcomes.ok : code === canceled ? outcomes.timedOut : outcomes.failed;
    this.completion(ticket, outcome, code, message);
  }
}
