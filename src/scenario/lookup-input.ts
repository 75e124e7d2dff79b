import { z } from 'zod';
import { durationAllowed } from '../base/units.ts';
import { integer, record } from './fields.ts';
import { type Path, type Problems } from './problem.ts';
import { durationMs, positiveDurationMs } from './quantities.ts';
import type { Lookup, Scenario } from './types.ts';

const tenantAllowed = 'the id of a tenant, or heaviest';

const moveInput = record({
  tenant: z
    .union([z.string().regex(/\S/), z.int()], { error: tenantAllowed })
    .transform(String)
    .describe('Tenant that moves: its id, or heaviest'),
  at: durationMs.describe('Moment of the measured window at which its entry is switched'),
}).transform(({ tenant, at }) => ({ tenant, atMs: at }));

/** What looking up costs a strategy whose router is a table: each look-up is a query of its own. */
export const lookupInput = record({
  cache: integer(1, 10_000_000).describe(
    'Entries that the application keeps; it keeps the last used ones',
  ),
  ttl: positiveDurationMs.describe('How long an entry is used before it is looked up again'),
  move: moveInput.optional().describe('Moves a tenant while the caches still have its old shard'),
})
  .transform(({ cache, ttl, move }) => ({ cache, ttlMs: ttl, move: move ?? null }))
  .describe('Keep the table in Postgres behind a cache, and measure what that costs');

/** What a look-up needs to know of the rest of the scenario; undefined where that has problems. */
export interface LookupContext {
  readonly durationMs: number | undefined;
  readonly loop: Scenario['loop'] | undefined;
  readonly shards: number | undefined;
}

/** What concerns a look-up and other parts: its strategy, the window, the loop. */
export function checkLookup(
  lookup: Lookup,
  strategy: {
    readonly key: string;
    readonly keyIsTenant: boolean;
    readonly router: string;
    /** Whether the router is a table, and which ones are. */
    readonly isTable: boolean;
    readonly tables: readonly string[];
  },
  { durationMs: windowMs, loop, shards }: LookupContext,
  path: Path,
  problems: Problems,
): void {
  const { router, isTable, tables, key, keyIsTenant } = strategy;
  if (!isTable) {
    const allowed = `lookup with ${tables.join(', ')} only`;
    const text = `${router} has no table to look up; allowed: ${allowed}`;
    problems.add(path, text);
  }
  const { move } = lookup;
  if (move === null) return;
  const at = [...path, 'move'];
  if (!keyIsTenant) {
    problems.add(at, `found a move of a tenant, but the shard key ${key} is not the tenant's id`);
  }
  if (shards === 1)
    problems.add(at, 'found a move, but with one shard there is no other shard to move to');
  if (loop?.kind === 'closed') {
    problems.add(
      at,
      'found a move, but a closed loop has no schedule; allowed: no move in a closed loop',
    );
  }
  if (windowMs !== undefined && move.atMs >= windowMs) {
    const text = `found ${move.atMs} ms; allowed: ${durationAllowed}, shorter than the duration`;
    problems.add([...at, 'at'], `${text} of ${windowMs} ms`);
  }
}

/** Names of a look-up after that of its strategy, the shortest first. */
export function lookupNames({ cache, ttlMs, move }: Lookup): readonly string[] {
  const sized = `+lookup:${cache}`;
  const timed = `${sized}:${short(ttlMs)}`;
  const moved = move === null ? timed : `${timed}:${move.tenant}@${short(move.atMs)}`;
  return ['+lookup', sized, timed, moved];
}

const short = (ms: number): string => (ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`);
