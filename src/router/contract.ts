import type { PackedKeys, RoutedKeyType } from '../base/keys.ts';
import type { KeyHash } from '../base/hash/key-hash.ts';
import type { Placing } from './kernels/placing.ts';
import type { Recipe } from './recipe.ts';

/**
 * An immutable map from keys to shards, built from a topology. Growing builds a second router.
 */
export interface Router {
  readonly shardCount: number;
  /**
   * Hot path: the shard index in [0, shardCount) of the key bytes[start .. end) in the canonical
   * encoding of its type (base/keys.ts). Allocates nothing.
   */
  route(bytes: Uint8Array, start: number, end: number): number;
  /**
   * Ordered routers only: calls `visit` with each shard that may hold keys from `from` to `to`
   * (both inclusive, single encoded keys), ascending, once each. A router that places known keys
   * visits exactly the shards of its ranges; one that does not, visits all that the keys between
   * could be on, whether there are such keys or not.
   */
  routeRange?(from: Uint8Array, to: Uint8Array, visit: (shard: number) => void): void;
  /** Warnings about this very router that a person should read (say, a badly spread ring). */
  readonly warnings?: readonly string[];
  /** Routers over a fixed partition whose slots can be moved one by one: the slot of each key. */
  readonly slots?: {
    readonly count: number;
    of(bytes: Uint8Array, start: number, end: number): number;
  };
  /**
   * Of a router that reads nothing but a hash of the key: which one, and the shards of many hashes
   * at once, in the words hi and lo. Who routes the same keys with several routers of one hash need
   * hash them only once; and a loop of the router's own is twice as fast as one over its `route`.
   */
  readonly byHash?: {
    readonly hash: KeyHash;
    place(hi: Uint32Array, lo: Uint32Array, count: number, shards: Uint32Array): void;
    /** Where a kernel can do it (route-functions.ts): how `place` comes from a hash to a shard. */
    readonly placing?: Placing;
  };
  /** What it does with a key, as data; absent: only the router itself can say it. */
  recipe?(): Recipe;
}

/** What theory says of the keys that a change of topology moves. */
export interface ExpectedMovement {
  /** Mean over placements. */
  readonly meanFraction: number;
  /**
   * Standard deviation over placements of infinitely many keys: 0 where each placement moves the
   * same share of the hashes, null where no closed form is known.
   */
  readonly sdFraction: number | null;
  /** keys: of the keys, and so of all that they carry. rows: of the rows that bounds are cut by. */
  readonly of: 'keys' | 'rows';
  /** In words of shards n and k added or removed ones, for reports. */
  readonly formula: string;
}

export interface RouterTopology {
  readonly shardCount: number;
  /**
   * Relative capacity of each shard, length shardCount. A weighted router gives a shard of weight 0
   * no keys, which is how a shard in the middle is removed.
   */
  readonly weights: readonly number[];
}

/** Keys that exist when the router is built, for routers that place known keys. */
export interface KnownKeys extends PackedKeys {
  /** Rows of each key: range bounds are quantiles of these. */
  readonly rows: ArrayLike<number>;
  /** Share of the load of each key: the directory places greedily by these. */
  readonly weights: ArrayLike<number>;
  /** Load that an overlay has put on each shard already, in the unit of `weights`; absent: none. */
  readonly placed?: ArrayLike<number>;
  /** For thresholds in rows or writes; absent: a row stands for one, writes are not known. */
  readonly scale?: KeyScale;
}

/** What `rows` and `weights` of known keys stand for. */
export interface KeyScale {
  /** Rows of the data for each that is counted. */
  readonly rowsEach: number;
  /** Writes of all keys together. */
  readonly writesPerSecond: number;
}

export interface RouterOptions {
  readonly keyType: RoutedKeyType;
  /** null for routers whose traits say that they take no hash. */
  readonly hash: KeyHash | null;
  /** The number behind the colon, null for the router's default. */
  readonly parameter: number | null;
  readonly salt: string;
  /** What the definition's `settings.read` made of the user's; null where it takes none. */
  readonly settings?: unknown;
  readonly keys: KnownKeys;
}

/** What shared code may ask of a router: traits, never a name. */
export interface RouterTraits {
  /** On growth keys move only to new shards. */
  readonly monotone: boolean;
  /** Honours unequal shard weights. */
  readonly weighted: boolean;
  /** Neighbouring keys stay together: a range of keys touches few shards. */
  readonly ordered: boolean;
  /** Any shard can be removed, not only the last. */
  readonly removesAny: boolean;
  /** Reads a hash of the key (and takes `hash` and `salt`). */
  readonly hashes: boolean;
  /** Hashes texts of its own (a ring's points), so it needs a hash that takes any bytes. */
  readonly hashesLabels: boolean;
  /** Reads `options.keys` when it is built. */
  readonly placesKnownKeys: boolean;
  /**
   * A table with an entry for each known key, which an application can keep and look up elsewhere.
   */
  readonly table?: true;
  /**
   * Grows from any router as `previous`, whatever its kind: keys stay where that one has them as
   * far as the router's own rules allow.
   */
  readonly adopts?: true;
  /**
   * Cost of one route and memory of one router, in shards n, keys k, and the parameter's letter.
   */
  readonly lookup: string;
  readonly memory: string;
}

/** Settings of a router that a number behind a colon cannot say (a list's values, say). */
export interface SettingsReader {
  /** How they are written, for messages: `{ lists: { 0: [eu], 1: [us, ca] }, default: 2 }`. */
  readonly usage: string;
  /** Settings that give each of so many shards something: for tests, help and comparisons. */
  example(shardCount: number, keyType: RoutedKeyType): unknown;
  /**
   * The settings in closed form, or everything that is wrong with them, each in words that stand by
   * themselves. `input` is what YAML or JSON gave, undefined where nothing was given.
   */
  read(
    input: unknown,
    topology: RouterTopology,
    keyType: RoutedKeyType,
  ): { readonly value: unknown } | { readonly problems: readonly string[] };
}

/** Systems that place rows on shards by rules of their own. */
export type Engine = 'Citus' | 'PgDog' | 'Vitess';

export interface RouterDefinition {
  readonly name: string;
  /** One line for lists and help. */
  readonly summary: string;
  readonly traits: RouterTraits;
  /** The number that may follow the name after a colon; null where there is none. */
  readonly parameter: {
    readonly name: string;
    readonly default: number;
    readonly min: number;
    readonly max: number;
  } | null;
  readonly keyTypes: readonly RoutedKeyType[];
  /** A preset that places as a real system does: which one, and what is not reproduced. */
  readonly reproduces?: {
    readonly system: string;
    readonly except: string;
    /** Under which `advise` writes the configuration of the system; absent: it writes none. */
    readonly engine?: Engine;
  };
  /** Reads what a scenario gives under `settings`; absent: the router takes none. */
  readonly settings?: SettingsReader;
  build(topology: RouterTopology, options: RouterOptions, previous?: Router): Router;
  /**
   * Of the keys as they are on topology `path[from]`, those that are elsewhere on the last one,
   * when each router of the path was built from the one before it. null where theory has no answer
   * for this change; absent where it has none for any.
   */
  expectedMovement?(
    path: readonly RouterTopology[],
    from: number,
    parameter: number | null,
  ): ExpectedMovement | null;
}
