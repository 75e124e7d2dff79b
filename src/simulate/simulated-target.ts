import { outcomes } from '../metrics/outcome.ts';
import type { Completion, Target } from '../traffic/ports.ts';
import type { ShardServers } from './shard-servers.ts';
import { moments, type VirtualTime } from './virtual-time.ts';

/** SQLSTATE of a statement that took too long, as Postgres has it. */
export const cancelled = {
  code: '57014',
  message: 'canceling statement due to statement timeout',
} as const;

/** Shards in virtual time. */
export class SimulatedTarget implements Target {
  private readonly time: VirtualTime;
  private readonly shards: readonly ShardServers[];
  /** Number of the query that each ticket stands for now; -1 for none. */
  private readonly current: number[] = [];
  private queries = 0;
  private completion: Completion = () => undefined;

  constructor(time: VirtualTime, shards: readonly ShardServers[]) {
    this.time = time;
    this.shards = shards;
  }

  onComplete(completion: Completion): void {
    this.completion = completion;
  }

  execute(ticket: number, shard: number, operation: number, statements: number): void {
    const servers = this.shards[shard];
    if (servers === undefined) throw new Error(`assertion failed: no shard ${shard}`);
    const answerNs = servers.answerNs(operation, statements, this.time.nowNs());
    const failed = servers.cancelled;
    const query = this.queries;
    this.queries += 1;
    this.current[ticket] = query;
    this.time.at(answerNs, () => this.end(ticket, query, failed), moments.answer);
  }

  abandon(ticket: number): void {
    const query = this.current[ticket] ?? -1;
    this.time.at(this.time.nowNs(), () => this.end(ticket, query, true), moments.answer);
  }

  /** Once only: an abandoned query is answered later, when its ticket may be another's. */
  private end(ticket: number, query: number, failed: boolean): void {
    if (this.current[ticket] !== query) return;
    this.current[ticket] = -1;
    if (failed) this.completion(ticket, outcomes.failed, cancelled.code, cancelled.message);
    else this.completion(ticket, outcomes.ok, '', '');
  }
}
