/**
 * What a shard key makes of the work of the mix, in parts of the whole: one operation on one
 * database is 1 on average. Counted by statements: one that goes to all shards is work on each of
 * them, one that names a key on its shard alone.
 */
export interface WorkParts {
  /** On every shard, as much as on one database. */
  readonly everywhere: number;
  /** On every shard, each its part: scans, whose work falls with the rows. */
  readonly scanned: number;
  /** On one shard, each as likely as any other. */
  readonly any: number;
  /** On the shard of the tables that lie at home. */
  readonly home: number;
  /** Statements that name keys; `keys`: how many different ones, on average. */
  readonly keyed: readonly { readonly work: number; readonly keys: number }[];
}

/** A statement of an operation under a shard key. */
export interface StatementWork {
  readonly to: 'keys' | 'everywhere' | 'home' | 'any';
  /** Of all work: the operation's share x its cost x the part that this statement is of it. */
  readonly work: number;
  readonly keys: number;
  readonly scan: boolean;
}

export function workParts(statements: readonly StatementWork[]): WorkParts {
  const sumOf = (some: readonly StatementWork[]): number =>
    some.reduce((sum, { work }) => sum + work, 0);
  const to = (where: StatementWork['to']) => statements.filter((each) => each.to === where);
  const all = to('everywhere');
  const keyed = to('keys');
  return {
    everywhere: sumOf(all.filter(({ scan }) => !scan)),
    scanned: sumOf(all.filter(({ scan }) => scan)),
    any: sumOf(to('any')),
    home: sumOf(to('home')),
    keyed: [...Map.groupBy(keyed, ({ keys }) => keys)].map(([keys, own]) => {
      return { keys, work: sumOf(own) };
    }),
  };
}

/** How many different keys a statement names that meets so many of the shards on average. */
export function keysMeeting(met: number, shards: number): number {
  // Counting is off by a little: one shard each is one key each.
  if (met <= 1.01 || shards === 1) return 1;
  if (met >= shards - 0.01) return 1000;
  return Math.log(1 - met / shards) / Math.log(1 - 1 / shards);
}

/** Work of a shard that has such a share of the keys' load, as a multiple of one database's. */
export function workOf(parts: WorkParts, shards: number, share: number): number {
  let work = parts.everywhere + (parts.scanned + parts.any) / shards;
  for (const { work: own, keys } of parts.keyed) {
    work += own * (keys === 1 ? share : 1 - (1 - share) ** keys);
  }
  return work;
}

/**
 * How many databases' work so many shards do, given the share of the load on the fullest: 1 / its
 * work. What is at home lies on one shard, which has its equal part of the keys besides.
 */
export function effectiveShards(parts: WorkParts, shards: number, largest: number): number {
  const fullest = workOf(parts, shards, largest);
  const home = parts.home === 0 ? 0 : workOf(parts, shards, 1 / shards) + parts.home;
  return 1 / Math.max(fullest, home, Number.MIN_VALUE);
}
