import type { Inheritance, Relation } from './relations.ts';

/** Which partitions, and which of their indexes, belong to which table. */
export class Partitioning {
  readonly #byId: ReadonlyMap<string, Relation>;
  readonly #parents = new Map<string, string[]>();
  readonly #leaves = new Map<string, Relation[]>();

  constructor(relations: readonly Relation[], inheritance: readonly Inheritance[]) {
    this.#byId = new Map(relations.map((relation) => [relation.id, relation]));
    for (const { child, parent } of inheritance) {
      this.#parents.set(child, [...(this.#parents.get(child) ?? []), parent]);
    }
    for (const relation of relations) {
      if (relation.kind === 'partitioned') continue;
      const root = this.rootOf(relation.id).id;
      const leaves = this.#leaves.get(root);
      if (leaves === undefined) this.#leaves.set(root, [relation]);
      else leaves.push(relation);
    }
  }

  /** The table that a partition (of a partition) belongs to; any other relation itself. */
  rootOf(id: string): Relation {
    const relation = this.#byId.get(id);
    if (relation === undefined) throw new Error(`assertion failed: no relation ${id}`);
    const [parent] = relation.isPartition ? (this.#parents.get(id) ?? []) : [];
    // A partition whose parent was dropped a moment ago stands for itself.
    return parent === undefined || !this.#byId.has(parent) ? relation : this.rootOf(parent);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** What has the rows of a table: its partitions, or itself. */
  leavesOf(table: Relation): readonly Relation[] {
    return this.#leaves.get(table.id) ?? [];
  }

  /** The index of the table that the index of a partition is a part of, or itself. */
  rootIndexOf(id: string): string {
    const [parent] = this.#parents.get(id) ?? [];
    return parent === undefined ? id : this.rootIndexOf(parent);
  }

  /** Tables that it inherits from, and is no partition of. */
  ancestorsOf(table: Relation): readonly string[] {
    return table.isPartition ? [] : (this.#parents.get(table.id) ?? []);
  }
}
