import { assert, present } from '../../base/assert.ts';
import type { RowCounts } from '../../traffic/ports.ts';
import type { PooledConnection } from '../connection.ts';
import { simpleQuery } from '../frame.ts';
import { Answers, UnknownColumn } from './answers.ts';
import type { PreparedScript } from './prepared-scripts.ts';
import type { RunStep } from './run-steps.ts';

const begin = simpleQuery('begin');
const commit = simpleQuery('commit');
const rollback = simpleQuery('rollback');

/** What an arrival does, and where. */
export interface OpenedScript {
  readonly script: PreparedScript;
  readonly steps: readonly RunStep[];
  /** All shards that it touches. */
  readonly shards: readonly number[];
}

/** One of the shards that an operation touches. */
export interface Participant {
  readonly shard: number;
  /** Both are there from `join` on. */
  ticket: number;
  connection: PooledConnection | null;
  doing: 'nothing' | 'begin' | 'statement' | 'end';
  inTransaction: boolean;
  readonly rows: { returned: number; affected: number };
}

/** Why an operation failed; `shard` is null where it was no shard. */
export interface Failure {
  readonly shard: number | null;
  readonly code: string;
  readonly message: string;
}

/**
 * One operation whose statements go one after another, each a message of its own with its own
 * answer. A statement on several shards runs on them at the same time, and the next one when all
 * have answered.
 *
 * In a transaction each shard gets BEGIN before its first statement, so that locks are held from
 * there to the end; COMMIT goes to all shards at the same time, as a client with asynchronous calls
 * sends it: there is no second phase, and where one shard fails then, the others have committed. An
 * error before that ends the operation: what is under way is waited for, then all shards roll back.
 */
export class ScriptRun {
  /** Of the arrival. */
  readonly number: number;
  readonly participants: readonly Participant[];
  failure: Failure | null = null;
  private readonly script: PreparedScript;
  private readonly steps: readonly RunStep[];
  private readonly ended: (run: ScriptRun) => void;
  private readonly answers = new Answers();
  private missing: number;
  private step = -1;
  /** Shards that have not answered. */
  private underWay = 0;
  private isEnding = false;

  constructor(
    number: number,
    { script, steps, shards }: OpenedScript,
    ended: (run: ScriptRun) => void,
  ) {
    this.number = number;
    this.script = script;
    this.steps = steps;
    this.ended = ended;
    this.missing = shards.length;
    this.participants = shards.map((shard) => ({
      shard,
      ticket: -1,
      connection: null,
      doing: 'nothing',
      inTransaction: false,
      rows: { returned: 0, affected: 0 },
    }));
  }

  /** Whether some shard has no connection yet. */
  get isGathering(): boolean {
    return this.missing > 0;
  }

  /** Takes the connection of one shard. */
  join(ticket: number, connection: PooledConnection): void {
    const participant = this.participantOf(connection);
    assert(participant.ticket === -1, 'one query of an arrival on each shard');
    participant.ticket = ticket;
    participant.connection = connection;
    this.missing -= 1;
  }

  /** Begins, once all have joined; ends with one call of `ended`, after this returns. */
  start(): void {
    this.advance();
  }

  /** What a connection of its own has answered, or that it was lost. */
  answered(connection: PooledConnection, code: string, message: string, rows?: RowCounts): void {
    const participant = this.participantOf(connection);
    const { doing } = participant;
    if (doing === 'nothing') {
      // Lost between two statements. Outside of a transaction it connects again when it is used.
      if (participant.inTransaction) this.fail(participant.shard, code, message);
      participant.inTransaction = false;
      return;
    }
    if (code !== '') this.fail(participant.shard, code, message);
    else if (doing === 'begin') participant.inTransaction = true;
    if (doing === 'statement') this.keepAnswer(participant, connection, rows);
    participant.doing = 'nothing';
    this.underWay -= 1;
    if (doing === 'begin' && this.failure === null) this.sendStatement(participant);
    this.advance();
  }

  /** Cuts all connections: whatever is under way ends with an error. */
  cut(): void {
    for (const { connection } of this.participants) connection?.cut();
  }

  /** Notes the first error; later ones follow from it. */
  fail(shard: number | null, code: string, message: string): void {
    this.failure ??= { shard, code, message };
  }

  private advance(): void {
    while (this.underWay === 0) {
      if (this.isEnding) {
        this.ended(this);
        return;
      }
      if (this.failure !== null || this.step + 1 === this.steps.length) this.end();
      else this.startStep();
    }
  }

  private startStep(): void {
    this.step += 1;
    const { shards, index } = this.current();
    this.answers.forget(index);
    for (const participant of this.participants) {
      if (!shards.includes(participant.shard)) continue;
      const begins = this.script.transaction === 'interactive' && !participant.inTransaction;
      if (begins) this.sendOnly(participant, 'begin', begin);
      else this.sendStatement(participant);
    }
  }

  /** COMMIT or ROLLBACK on all shards that have a transaction. */
  private end(): void {
    this.isEnding = true;
    const message = this.failure === null && !this.script.rollsBack ? commit : rollback;
    for (const participant of this.participants) {
      // With its connection a shard has lost its transaction.
      if (!participant.inTransaction || participant.connection?.isOpen !== true) continue;
      this.sendOnly(participant, 'end', message);
    }
  }

  private sendOnly(participant: Participant, doing: 'begin' | 'end', message: Buffer): void {
    const connection = present(participant.connection, 'connection');
    connection.frame.only(message);
    this.run(participant, doing, connection);
  }

  private sendStatement(participant: Participant): void {
    const { statement, values } = this.current();
    const { parameters } = statement.statement;
    const connection = present(participant.connection, 'connection');
    const { frame } = connection;
    frame.clear();
    frame.bind(statement.name, values.length);
    for (const [i, parameter] of parameters.entries()) {
      const value =
        parameter.kind === 'answer' ? this.answers.value(parameter) : (values[i] ?? null);
      if (value instanceof UnknownColumn) {
        this.fail(participant.shard, value.code, value.message);
        return;
      }
      frame.value(value);
    }
    connection.firstRow.want(statement.isAnswerUsed);
    if (statement.isAnswerUsed) frame.executeWithNames();
    else frame.execute();
    this.run(participant, 'statement', connection);
  }

  private run(
    participant: Participant,
    doing: Participant['doing'],
    connection: PooledConnection,
  ): void {
    participant.doing = doing;
    this.underWay += 1;
    connection.run();
  }

  private keepAnswer(
    { shard, rows }: Participant,
    { firstRow }: PooledConnection,
    counted: RowCounts | undefined,
  ): void {
    rows.returned += counted?.returned ?? 0;
    rows.affected += counted?.affected ?? 0;
    if (!firstRow.isWanted) return;
    this.answers.keep(this.current().index, shard, firstRow.row);
    firstRow.want(false);
  }

  private current(): RunStep {
    return present(this.steps[this.step], 'step');
  }

  private participantOf(connection: PooledConnection): Participant {
    const found = this.participants.find(({ shard }) => shard === connection.shard);
    return present(found, 'shard of the operation');
  }
}
