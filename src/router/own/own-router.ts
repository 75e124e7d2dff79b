import type { Hash64 } from '../../base/hash/key-hash.ts';
import { writeAscii } from '../../base/key-writers.ts';
import { decodeKey, keyTypes, type RoutedKeyType } from '../../base/keys.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition, RouterOptions, RouterTopology, RouterTraits } from '../contract.ts';
import { guardedAnswer, guardedBuild } from './guarded-router.ts';
import { ownRouterProblems } from './own-router-shape.ts';
import { saltedHash } from '../algorithms/salted-hash.ts';

/**
 * What a file of the user's exports as default. Everything but `build` has a default: no trait
 * holds, keys are text, int8 and uuid, and there is no number behind the name. A RouterDefinition
 * is one too.
 */
export interface OwnRouter {
  /** Of no meaning: such a router goes by the name of its file. */
  readonly name?: string;
  readonly summary?: string;
  readonly traits?: Partial<RouterTraits>;
  readonly parameter?: RouterDefinition['parameter'];
  readonly keyTypes?: readonly RoutedKeyType[];
  readonly reproduces?: RouterDefinition['reproduces'];
  readonly settings?: RouterDefinition['settings'];
  readonly expectedMovement?: RouterDefinition['expectedMovement'];
  /**
   * A function from keys as texts to shards, or a Router, which reads their bytes. `previous` is
   * what an earlier build gave, where a router grows or shrinks.
   */
  build(topology: RouterTopology, options: OwnRouterOptions, previous?: unknown): unknown;
}

export interface OwnRouterOptions extends RouterOptions {
  /** The salted key hash of a text's UTF-8: its lower 32 bits, from 0. Needs the trait `hashes`. */
  readonly hashOf: (text: string) => number;
  /** The keys that exist, as texts. Needs the trait `placesKnownKeys`. */
  readonly knownKeys: () => readonly KnownKey[];
}

/** A key with its rows, and its share of the load. */
export interface KnownKey {
  readonly key: string;
  readonly rows: number;
  readonly weight: number;
}

export interface ReadRouter {
  readonly definition: RouterDefinition;
  /** Whether its build takes the previous router, and so may depend on it. */
  readonly remembers: boolean;
}

const example = 'export default { build: ({ shardCount }) => (key) => key.length % shardCount };';

/**
 * The router that a file exports as default, under the name `file`; or everything that is wrong
 * with it, each in words that follow the file's name. All its answers are checked
 * (guarded-router.ts).
 */
export function readOwnRouter(
  exported: unknown,
  file: string,
): ReadRouter | { readonly problems: readonly string[] } {
  if (exported === undefined) return { problems: [`has no default export; write ${example}`] };
  if (typeof exported !== 'object' || exported === null) {
    const found = exported === null ? 'null' : `a ${typeof exported}`;
    return { problems: [`exports ${found} as default; allowed: an object, such as ${example}`] };
  }
  const problems = ownRouterProblems(exported);
  if (problems.length > 0) return { problems };
  const own = exported as OwnRouter;
  return { definition: definitionOf(own, file), remembers: own.build.length > 2 };
}

function definitionOf(own: OwnRouter, file: string): RouterDefinition {
  const { traits = {}, reproduces, settings, expectedMovement } = own;
  return {
    name: file,
    summary: own.summary ?? 'a router of your own',
    traits: {
      ...baseTraits,
      // Texts are hashed wherever a router is written in terms of texts.
      hashesLabels: traits.hashes ?? false,
      lookup: 'not said',
      memory: 'not said',
      ...traits,
    },
    parameter: own.parameter ?? null,
    keyTypes: own.keyTypes ?? keyTypes,
    ...(reproduces && { reproduces }),
    ...(settings && { settings }),
    ...(expectedMovement && {
      expectedMovement: (...change) =>
        guardedAnswer(`${file} does not say how many keys move`, () => expectedMovement(...change)),
    }),
    build: (topology, options, previous) =>
      guardedBuild(
        { file, weighted: traits.weighted ?? false, adopts: traits.adopts ?? false },
        { ...topology, weights: [...topology.weights] },
        options.keyType,
        (given, before) => own.build(given, ownOptions(options), before),
        previous,
      ),
  };
}

function ownOptions(options: RouterOptions): OwnRouterOptions {
  const { hash, salt, keys, keyType } = options;
  const salted = hash === null ? null : saltedHash(hash, salt);
  const out: Hash64 = { hi: 0, lo: 0 };
  const encoder = new TextEncoder();
  // UTF-8 needs at most 3 bytes for each UTF-16 code unit.
  let buffer = new Uint8Array(768);
  return {
    ...options,
    hashOf(text) {
      if (salted === null) throw new Error('hashOf needs traits: { hashes: true }');
      if (buffer.length < 3 * text.length) buffer = new Uint8Array(6 * text.length);
      let length = writeAscii(text, buffer, 0);
      if (length < 0) length = encoder.encodeInto(text, buffer).written;
      salted.hash(buffer, 0, length, out);
      return out.lo >>> 0;
    },
    knownKeys() {
      if (keyType === 'composite') throw new Error('knownKeys knows no composite keys');
      const { bytes, offsets, rows, weights } = keys;
      return Array.from({ length: keys.count }, (_, key) => ({
        key: decodeKey(keyType, bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0),
        rows: rows[key] ?? 0,
        weight: weights[key] ?? 0,
      }));
    },
  };
}
