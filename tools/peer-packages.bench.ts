import { createRequire } from 'node:module';
import { z } from 'zod';
import { assert, present } from '../src/base/assert.ts';

/** A package that people use to route keys, as its own documentation says to use it. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** What it does, for the table. */
  readonly does: string;
  /** Ours that does the like. */
  readonly counterpart: { readonly router: 'mod' | 'jump' | 'ring'; readonly hash: string };
  /** Different keys in turn: more than any cache of answers holds. */
  readonly leastKeys: number;
  /** From a text key to what the package calls a shard: an index, or a name as `nodeName` gives. */
  readonly build: (shards: readonly number[]) => PeerRouter;
  /** Whether its shards have an order, so that one router cannot be built from them in another. */
  readonly ordered: boolean;
  /** Jump alone, of an integer, where the package has it by itself. */
  readonly jump: ((key: number | bigint, buckets: number) => number) | null;
}

export interface PeerRouter {
  readonly lookup: (key: string) => unknown;
  /** One shard more, in the router that is there; null where it is built anew for that. */
  readonly add: ((shard: number) => void) | null;
}

export const nodeName = (shard: number): string => `shard-${shard}`;

/** The shard of an answer; -1 for one that is no shard. */
export function shardOf(answer: unknown): number {
  const text = typeof answer === 'number' ? String(answer) : answer;
  if (typeof text !== 'string') return -1;
  const found = /^(?:shard-)?(\d+)$/.exec(text);
  return found === null ? -1 : Number(found[1]);
}

const load = createRequire(import.meta.url);
const manifest = z.object({ version: z.string() });
const versionOf = (name: string): string => manifest.parse(load(`${name}/package.json`)).version;

/** What the package exports (under `key` where there are several), which must be callable. */
function callable(name: string, key?: string): unknown {
  const all: unknown = load(name);
  const one = key === undefined ? all : (all as Readonly<Record<string, unknown>>)[key];
  assert(typeof one === 'function', `${name} exports something to call`);
  return one;
}

interface NamedRing {
  get?(key: string): unknown;
  getNode(key: string): unknown;
  add?(node: string): void;
  addNode?(node: string): void;
}

function ringOf(constructor: unknown, shards: readonly number[]): NamedRing {
  return new (constructor as new (nodes: readonly string[]) => NamedRing)(shards.map(nodeName));
}

function hashring(): Peer {
  const constructor = callable('hashring');
  return {
    name: 'hashring',
    version: versionOf('hashring'),
    does: 'ring, 160 points by MD5',
    counterpart: { router: 'ring', hash: 'murmur3-32' },
    // It keeps 5,000 answers, which would hide what a look-up costs.
    leastKeys: 8192,
    ordered: false,
    jump: null,
    build(shards) {
      const ring = ringOf(constructor, shards);
      return {
        lookup: (key) => ring.get?.(key),
        add: (shard) => ring.add?.(nodeName(shard)),
      };
    },
  };
}

/** A ring of names that is asked by `getNode`. */
function ringByNode(name: string, does: string, constructor: unknown): Peer {
  return {
    name,
    version: versionOf(name),
    does,
    counterpart: { router: 'ring', hash: 'murmur3-32' },
    leastKeys: 0,
    ordered: false,
    jump: null,
    build(shards) {
      const ring = ringOf(constructor, shards);
      return {
        lookup: (key) => ring.getNode(key),
        add: (shard) => ring.addNode?.(nodeName(shard)),
      };
    },
  };
}

/** A number where that holds the integer, else its eight bytes, which jumphash takes too. */
function exactly(key: bigint): number | Buffer {
  if (Number.isSafeInteger(Number(key))) return Number(key);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(key);
  return bytes;
}

function jumphash(): Peer {
  type Jump = (key: number | string | Buffer, buckets: number) => number;
  const jump = callable('jumphash') as Jump;
  return {
    name: 'jumphash',
    version: versionOf('jumphash'),
    does: 'jump by SHA-1, bn.js',
    counterpart: { router: 'jump', hash: 'murmur3-32' },
    leastKeys: 0,
    ordered: true,
    jump: (key, buckets) => jump(exactly(BigInt(key)), buckets),
    build: ({ length }) => ({ lookup: (key) => jump(key, length), add: null }),
  };
}

function jumpGouache(): Peer {
  type Fnv = (key: string, buckets: number) => { readonly bucket: number };
  const hashed = callable('jump-gouache', 'fnvConsistentHash') as Fnv;
  const jump = callable('jump-gouache', 'jump') as (
    key: number | bigint,
    buckets: number,
  ) => number;
  return {
    name: 'jump-gouache',
    version: versionOf('jump-gouache'),
    does: 'jump by FNV-1a 64, Long and BigNumber',
    counterpart: { router: 'jump', hash: 'fnv1a-64' },
    leastKeys: 0,
    ordered: true,
    jump,
    build: ({ length }) => ({ lookup: (key) => hashed(key, length).bucket, add: null }),
  };
}

function rendezvousHash(): Peer {
  type Select = (key: string, nodes: Readonly<Record<string, number>>) => number;
  const select = callable('rendezvous-hash') as Select;
  return {
    name: 'rendezvous-hash',
    version: versionOf('rendezvous-hash'),
    does: 'rendezvous by MD5',
    counterpart: { router: 'ring', hash: 'murmur3-32' },
    leastKeys: 0,
    ordered: false,
    jump: null,
    build(shards) {
      const nodes = Object.fromEntries(shards.map((shard) => [nodeName(shard), shard]));
      return { lookup: (key) => select(key, nodes), add: null };
    },
  };
}

/** Loaded one at a time, in the process that asks for one. */
const peers: Readonly<Record<string, () => Peer>> = {
  hashring,
  ketama: () => ringByNode('ketama', 'ring, 50 points by SHA-1', callable('ketama', 'HashRing')),
  jumphash,
  'jump-gouache': jumpGouache,
  'consistent-hashing': () =>
    ringByNode('consistent-hashing', 'ring, 160 points by MD5', callable('consistent-hashing')),
  'rendezvous-hash': rendezvousHash,
};

export const peerNames: readonly string[] = Object.keys(peers);

export function loadPeer(name: string): Peer {
  return present(peers[name], `peer ${name}`)();
}
