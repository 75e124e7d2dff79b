import type { Completion, Target } from '../traffic/ports.ts';
import { outcomes, type Outcome } from '../metrics/outcome.ts';
import type { VirtualTime } from '../simulate/virtual-time.ts';

export interface FakeAnswer {
  /** Service time; Infinity never answers. */
  readonly serviceNs: number;
  readonly outcome?: Outcome;
}

/** A target in virtual time that answers as told and counts what it was sent. */
export class FakeTarget implements Target {
  readonly sent: { shard: number; operation: number; tenant: number; row: number }[] = [];
  readonly abandoned: number[] = [];
  readonly mostInFlight: number[] = [];
  private readonly inFlight: number[] = [];
  private readonly time: VirtualTime;
  private readonly answer: (shard: number, nowNs: number, operation: number) => FakeAnswer;
  private readonly shardOf = new Map<number, number>();
  private completion: Completion = () => undefined;

  constructor(
    time: VirtualTime,
    answer: (shard: number, nowNs: number, operation: number) => FakeAnswer,
  ) {
    this.time = time;
    this.answer = answer;
  }

  onComplete(completion: Completion): void {
    this.completion = completion;
  }

  execute(
    ticket: number,
    shard: number,
    operation: number,
    _statements: number,
    tenant: number,
    row: number,
  ): void {
    this.sent.push({ shard, operation, tenant, row });
    this.shardOf.set(ticket, shard);
    this.inFlight[shard] = (this.inFlight[shard] ?? 0) + 1;
    this.mostInFlight[shard] = Math.max(this.mostInFlight[shard] ?? 0, this.inFlight[shard] ?? 0);
    const nowNs = this.time.nowNs();
    const { serviceNs, outcome = outcomes.ok } = this.answer(shard, nowNs, operation);
    if (serviceNs === Number.POSITIVE_INFINITY) return;
    this.time.at(nowNs + serviceNs, () => this.end(ticket, outcome));
  }

  abandon(ticket: number): void {
    this.abandoned.push(ticket);
    this.time.at(this.time.nowNs(), () => this.end(ticket, outcomes.failed));
  }

  private end(ticket: number, outcome: Outcome): void {
    const shard = this.shardOf.get(ticket) ?? 0;
    this.inFlight[shard] = (this.inFlight[shard] ?? 0) - 1;
    const failed = outcome !== outcomes.ok;
    this.completion(ticket, outcome, failed ? 'XX000' : '', failed ? 'as told' : '');
  }
}
