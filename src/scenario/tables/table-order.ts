/** What a table needs loaded before it: its parent, what it picks from, what it points to. */
export interface TableNeeds {
  readonly name: string;
  readonly needs: readonly string[];
}

/**
 * Names in an order in which each comes after what it needs, and otherwise as they are given; or
 * the first circle that makes that impossible, which ends with the name it begins with. Needing
 * itself is no circle.
 */
export function tableOrder(
  tables: readonly TableNeeds[],
): { readonly order: readonly string[] } | { readonly circle: readonly string[] } {
  const needsOf = new Map(tables.map(({ name, needs }) => [name, needs]));
  const done = new Set<string>();
  const open: string[] = [];
  /** The circle, where there is one below the name. */
  function visit(name: string): readonly string[] | undefined {
    if (done.has(name) || !needsOf.has(name)) return undefined;
    const at = open.indexOf(name);
    if (at !== -1) return [...open.slice(at), name];
    open.push(name);
    for (const need of needsOf.get(name) ?? []) {
      const circle = need === name ? undefined : visit(need);
      if (circle !== undefined) return circle;
    }
    open.pop();
    done.add(name);
    return undefined;
  }
  for (const { name } of tables) {
    const circle = visit(name);
    if (circle !== undefined) return { circle };
  }
  return { order: [...done] };
}
