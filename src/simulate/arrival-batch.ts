/** Arrivals of operations that touch one shard each, to be taken shard by shard. */
export class ArrivalBatch {
  length = 0;
  readonly shards: Int32Array;
  readonly tenants: Uint32Array;
  readonly operations: Int32Array;
  readonly intendedNs: Float64Array;
  private readonly starts: Uint32Array;
  private readonly order: Uint32Array;

  constructor(capacity: number, shardCount: number) {
    this.shards = new Int32Array(capacity);
    this.tenants = new Uint32Array(capacity);
    this.operations = new Int32Array(capacity);
    this.intendedNs = new Float64Array(capacity);
    this.starts = new Uint32Array(shardCount + 1);
    this.order = new Uint32Array(capacity);
  }

  get isFull(): boolean {
    return this.length === this.shards.length;
  }

  add(tenant: number, operation: number, intendedNs: number): void {
    const place = this.length;
    this.tenants[place] = tenant;
    this.operations[place] = operation;
    this.intendedNs[place] = intendedNs;
    this.length = place + 1;
  }

  /** Looks up the shards of all arrivals, given that of each tenant. */
  route(shardOfTenant: Uint32Array): void {
    const { tenants, shards, length } = this;
    for (let i = 0; i < length; i += 1) shards[i] = shardOfTenant[tenants[i] ?? 0] ?? 0;
  }

  /** Places of the arrivals, one shard after the other, each shard's in the order of time. */
  byShard(): Uint32Array {
    const { starts, shards, order, length } = this;
    starts.fill(0);
    for (let i = 0; i < length; i += 1) {
      const after = (shards[i] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
    for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    for (let i = 0; i < length; i += 1) {
      const shard = shards[i] ?? 0;
      const place = starts[shard] ?? 0;
      order[place] = i;
      starts[shard] = place + 1;
    }
    return order;
  }
}
