import { z } from 'zod';
import { decodeKey, keyTypes, type RoutedKeyType } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import type { Hash64 } from '../base/hash/key-hash.ts';
import type {
  RouterDefinition,
  RouterOptions,
  RouterTopology,
  RouterTraits,
} from './contract.ts';
import { guardedBuild } from './guarded-router.ts';
import { saltedHash } from './salted-hash.ts';

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
  /**
   * A function from keys as texts to shards, or a Router, which reads their bytes. `previous` is
   * what an earlier build gave, where a router grows or shrinks.
   */
  build(topology: RouterTopology, options: OwnRouterOptions, previous?: unknown): unknown;
}

export type TextRouter = (key: string) => number;

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

const flag = z.boolean({ error: 'true or false' }).optional();
const words = z.string({ error: 'a text' }).optional();
const routine = <T>(): z.ZodType<T> =>
  z.custom<T>((value) => typeof value === 'function', { error: 'a function' });
const whole = z.int({ error: 'a whole number' });

const traitsShape = z.strictObject({
  monotone: flag,
  weighted: flag,
  ordered: flag,
  removesAny: flag,
  hashes: flag,
  hashesLabels: flag,
  placesKnownKeys: flag,
  table: z.literal(true, { error: 'true, or nothing' }).optional(),
  lookup: words,
  memory: words,
});

const routedTypes = [...keyTypes, 'composite'] as const;

const ownRouterShape = z.strictObject({
  name: words,
  summary: words,
  traits: traitsShape.optional(),
  parameter: z
    .strictObject(
      { name: z.string({ error: 'a text' }), default: whole, min: whole, max: whole },
      { error: '{ name, default, min, max }, or null' },
    )
    .nullable()
    .optional(),
  keyTypes: z
    .array(z.enum(routedTypes, { error: `one of ${routedTypes.join(', ')}` }), {
      error: `a list of ${routedTypes.join(', ')}`,
    })
    .min(1, { error: 'one or more key types' })
    .optional(),
  reproduces: z.strictObject({ system: z.string(), except: z.string() }).optional(),
  settings: z
    .object({ usage: z.string(), example: routine(), read: routine() }, {
      error: '{ usage, example, read }',
    })
    .optional(),
  build: routine(),
});

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
  const read = ownRouterShape.safeParse(exported);
  if (!read.success) return { problems: read.error.issues.flatMap(problemTexts) };
  const own = exported as OwnRouter;
  return { definition: definitionOf(own, file), remembers: own.build.length > 2 };
}

/** An unknown name says what it may have been meant to be. */
function problemTexts(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') {
    return [`has a default export whose ${path} is wrong; allowed: ${issue.message}`];
  }
  const shape = issue.path[0] === 'traits' ? traitsShape.shape : ownRouterShape.shape;
  const names = Object.keys(shape);
  return issue.keys.map((key) => {
    const near = suggest(key, names);
    const guess = near === undefined ? '' : `; did you mean ${near}?`;
    const name = path === '' ? key : `${path}.${key}`;
    return `has a default export with an unknown ${name}; allowed: ${names.join(', ')}${guess}`;
  });
}

function definitionOf(own: OwnRouter, file: string): RouterDefinition {
  const { traits = {}, reproduces, settings } = own;
  return {
    name: file,
    summary: own.summary ?? 'a router of your own',
    traits: {
      monotone: false,
      weighted: false,
      ordered: false,
      removesAny: false,
      hashes: false,
      // Texts are hashed wherever a router is written in terms of texts.
      hashesLabels: traits.hashes ?? false,
      placesKnownKeys: false,
      lookup: 'not said',
      memory: 'not said',
      ...traits,
    },
    parameter: own.parameter ?? null,
    keyTypes: own.keyTypes ?? keyTypes,
    ...(reproduces && { reproduces }),
    ...(settings && { settings }),
    build: (topology, options, previous) =>
      guardedBuild(
        { file, weighted: traits.weighted ?? false },
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
  return {
    ...options,
    hashOf(text) {
      if (salted === null) throw new Error('hashOf needs traits: { hashes: true }');
      const bytes = encoder.encode(text);
      salted.hash(bytes, 0, bytes.length, out);
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
