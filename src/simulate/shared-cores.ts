/**
 * The CPU cores of a machine that all shards are on. Work takes a core that is free when it could
 * begin, of several the one that became free last, so that the others stay free; where none is, the
 * first that becomes free. Work is given in the order of its arrivals: what waits for its own shard
 * (a server, a connection) leaves the cores to others until then, and they do not wait for it.
 */
export class SharedCores {
  private readonly freeNs: Float64Array;
  /** The core of the last answer of `startNs`. */
  private core = 0;

  constructor(cores: number) {
    this.freeNs = new Float64Array(cores);
  }

  /** When work that could begin at `readyNs` has a core. */
  startNs(readyNs: number): number {
    const { freeNs } = this;
    let taken = -1;
    let first = 0;
    for (let core = 0; core < freeNs.length; core += 1) {
      const free = freeNs[core] ?? 0;
      if (free <= readyNs && (taken < 0 || free > (freeNs[taken] ?? 0))) taken = core;
      if (free < (freeNs[first] ?? 0)) first = core;
    }
    this.core = taken < 0 ? first : taken;
    return Math.max(readyNs, freeNs[this.core] ?? 0);
  }

  /** The work of the last `startNs` computes until then. */
  occupy(untilNs: number): void {
    this.freeNs[this.core] = untilNs;
  }
}
