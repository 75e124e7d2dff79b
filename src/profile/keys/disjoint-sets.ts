/** Sets of texts that grow together (union-find). */
export class DisjointSets {
  readonly #parents = new Map<string, string>();

  add(id: string): void {
    if (!this.#parents.has(id)) this.#parents.set(id, id);
  }

  /** What stands for the set of an id; the id itself where it was never joined. */
  of(id: string): string {
    let root = id;
    for (let up = this.#parents.get(root); up !== undefined && up !== root; ) {
      root = up;
      up = this.#parents.get(root);
    }
    // The way is shorter the next time.
    for (let at = id; at !== root; ) {
      const up = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = up;
    }
    return root;
  }

  join(one: string, other: string): void {
    this.add(one);
    this.add(other);
    const [left, right] = [this.of(one), this.of(other)];
    // The first in order stands for all, whichever was joined to which.
    if (left < right) this.#parents.set(right, left);
    if (right < left) this.#parents.set(left, right);
  }

  all(): ReadonlyMap<string, readonly string[]> {
    return Map.groupBy(this.#parents.keys(), (id) => this.of(id));
  }
}
