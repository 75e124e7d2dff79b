/** Steps of one arrival with their shards, in arrays that grow as needed and are used again. */
export class StepList {
  length = 0;
  private statements = new Int32Array(64);
  private repetitions = new Int32Array(64);
  /** Shards of step i are shards[starts[i] .. starts[i + 1]). */
  private starts = new Int32Array(65);
  private shards = new Int32Array(256);

  clear(): void {
    this.length = 0;
  }

  /** Begins a step; shards that are added are its own. */
  add(statement: number, repetition: number): void {
    const step = this.length;
    if (step === this.statements.length) this.growSteps();
    this.statements[step] = statement;
    this.repetitions[step] = repetition;
    this.starts[step + 1] = this.starts[step] ?? 0;
    this.length = step + 1;
  }

  /** To the last step: kept ascending, each once. */
  addShard(shard: number): void {
    const start = this.starts[this.length - 1] ?? 0;
    const end = this.starts[this.length] ?? 0;
    if (end === this.shards.length) this.shards = grown(this.shards);
    const { shards } = this;
    let at = end;
    while (at > start && (shards[at - 1] ?? 0) > shard) at -= 1;
    if (at > start && shards[at - 1] === shard) return;
    shards.copyWithin(at + 1, at, end);
    shards[at] = shard;
    this.starts[this.length] = end + 1;
  }

  statement(step: number): number {
    return this.statements[step] ?? 0;
  }

  repetition(step: number): number {
    return this.repetitions[step] ?? 0;
  }

  shardCount(step: number): number {
    return (this.starts[step + 1] ?? 0) - (this.starts[step] ?? 0);
  }

  shard(step: number, index: number): number {
    return this.shards[(this.starts[step] ?? 0) + index] ?? 0;
  }

  /** Of a step with one shard. */
  setShard(step: number, shard: number): void {
    this.shards[this.starts[step] ?? 0] = shard;
  }

  private growSteps(): void {
    this.statements = grown(this.statements);
    this.repetitions = grown(this.repetitions);
    const { starts } = this;
    this.starts = new Int32Array(this.statements.length + 1);
    this.starts.set(starts);
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
