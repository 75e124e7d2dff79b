import { describeKey } from '../../base/describe-key.ts';
import { decodeKey, type RoutedKeyType } from '../../base/keys.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { Router, RouterTopology } from '../contract.ts';
import { ignoredWeights } from '../weights.ts';

/** Whose answers are checked. */
export interface GuardedFile {
  /** As the user named it. */
  readonly file: string;
  readonly weighted: boolean;
  /** Whether the build takes a router that is not of the file as well. */
  readonly adopts: boolean;
}

/** What a user's build gives, from a topology and what an earlier build gave. */
export type OwnBuild = (topology: RouterTopology, previous: unknown) => unknown;

type Route = Router['route'];
type RouteRange = NonNullable<Router['routeRange']>;

/**
 * Builds a router by code of the user's and checks every answer: what throws, or is no shard, is a
 * UserError that names the file and the key.
 */
export function guardedBuild(
  guarded: GuardedFile,
  topology: RouterTopology,
  keyType: RoutedKeyType,
  build: OwnBuild,
  previous: Router | undefined,
): Router {
  const { file } = guarded;
  const { shardCount } = topology;
  const foreign = guarded.adopts ? previous : undefined;
  const before = previous instanceof GuardedRouter ? previous.built : foreign;
  const built = guardedAnswer(`${file} cannot be built for ${shards(shardCount)}`, () =>
    build(topology, before),
  );
  const parts = partsOf(built, keyType);
  if (typeof parts === 'string') throw fault(`${file}: ${parts}`);
  const ignored = guarded.weighted ? [] : ignoredWeights(file, topology);
  const warnings = [...parts.warnings, ...ignored];
  return new GuardedRouter({ file, shardCount, keyType, built, ...parts, warnings });
}

/** What code of the user's gives; what it throws is a UserError that begins with `where`. */
export function guardedAnswer<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fault(`${where}: ${thrown(error)}`);
  }
}

/** What the user's build gave, whose answers are not checked; null where the router is ours. */
export function builtByUser(router: Router): unknown {
  return router instanceof GuardedRouter ? router.built : null;
}

interface Parts {
  readonly route: Route;
  readonly routeRange: RouteRange | null;
  readonly warnings: readonly string[];
}

/** What can be asked of what a build gave; in words what is wrong with it where it cannot. */
function partsOf(built: unknown, keyType: RoutedKeyType): Parts | string {
  if (typeof built === 'function') {
    if (keyType === 'composite') {
      return (
        'build returns a function of texts, but composite keys are not texts; ' +
        'allowed: { route(bytes, start, end) }'
      );
    }
    const route = (bytes: Uint8Array, start: number, end: number): number =>
      built(decodeKey(keyType, bytes, start, end)) as number;
    return { route, routeRange: null, warnings: [] };
  }
  const found = built instanceof Promise ? 'a promise' : describe(built);
  const allowed = 'allowed: a function (key) => shard, or { route(bytes, start, end) }';
  if (typeof built !== 'object' || built === null || !('route' in built)) {
    return `build returns ${found}; ${allowed}`;
  }
  const router = built as Router;
  if (typeof router.route !== 'function')
    return `build returns an object whose route is not a function; ${allowed}`;
  return {
    route: (bytes, start, end) => router.route(bytes, start, end),
    routeRange:
      router.routeRange === undefined
        ? null
        : (from, to, visit) => router.routeRange?.(from, to, visit),
    warnings: router.warnings ?? [],
  };
}

class GuardedRouter implements Router {
  readonly shardCount: number;
  readonly warnings: readonly string[];
  /** What the user's build gave. */
  readonly built: unknown;
  readonly routeRange?: RouteRange;
  readonly #file: string;
  readonly #keyType: RoutedKeyType;
  readonly #route: Route;

  constructor(
    parts: Parts & {
      readonly file: string;
      readonly shardCount: number;
      readonly keyType: RoutedKeyType;
      readonly built: unknown;
    },
  ) {
    const { file, shardCount, keyType, built, route, routeRange, warnings } = parts;
    this.shardCount = shardCount;
    this.warnings = warnings;
    this.built = built;
    this.#file = file;
    this.#keyType = keyType;
    this.#route = route;
    if (routeRange === null) return;
    this.routeRange = (from, to, visit) => this.#guardRange(routeRange, from, to, visit);
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    let shard: number;
    try {
      shard = this.#route(bytes, start, end);
    } catch (error) {
      throw fault(`${this.#where('throws', bytes, start, end)}: ${thrown(error)}`);
    }
    if (Number.isInteger(shard) && shard >= 0 && shard < this.shardCount) return shard;
    const where = this.#where(`returns ${describe(shard)}`, bytes, start, end);
    throw fault(`${where}; ${this.#allowed()}`);
  }

  #guardRange(
    routeRange: RouteRange,
    from: Uint8Array,
    to: Uint8Array,
    visit: (shard: number) => void,
  ): void {
    const [first, last] = [from, to].map((key) => describeKey(this.#keyType, key, 0, key.length));
    const range = `${first} to ${last}`;
    const visited: unknown[] = [];
    guardedAnswer(`${this.#file} throws for the keys from ${range}`, () =>
      routeRange(from, to, (shard) => visited.push(shard)),
    );
    for (const shard of visited) {
      if (Number.isInteger(shard) && Number(shard) >= 0 && Number(shard) < this.shardCount) {
        visit(Number(shard));
        continue;
      }
      const found = `${this.#file} visits ${describe(shard)} for the keys from ${range}`;
      throw fault(`${found}; ${this.#allowed()}`);
    }
  }

  #where(does: string, bytes: Uint8Array, start: number, end: number): string {
    const key = describeKey(this.#keyType, bytes, start, end);
    return `${this.#file} ${does} for key ${key} with ${shards(this.shardCount)}`;
  }

  #allowed(): string {
    const last = this.shardCount - 1;
    return last === 0 ? 'allowed: 0' : `allowed: a whole number from 0 to ${last}`;
  }
}

const shards = (count: number): string => (count === 1 ? '1 shard' : `${count} shards`);

function fault(message: string): UserError {
  return new UserError(message, {
    exitCode: exitCodes.usage,
    hint: '`shardlab router check <file>` tries a router on many keys and numbers of shards.',
  });
}

/** What was thrown, and the line it was thrown from where that is known. */
function thrown(error: unknown): string {
  if (!(error instanceof Error)) return describe(error);
  const [, place] = /([^/\\()\s]+:\d+):\d+\)?$/m.exec(error.stack ?? '') ?? [];
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}

/** A value that should have been a shard or a router. */
function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (typeof value === 'bigint') return `the bigint ${value}n`;
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
