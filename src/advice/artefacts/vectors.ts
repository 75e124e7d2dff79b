import { present } from '../../base/assert.ts';
import { keyHashes } from '../../base/hash/key-hashes.ts';
import { remainder64 } from '../../base/hash/word64.ts';
import { keyPiece } from '../../base/key-pieces.ts';
import { decodeKey, encodeKey, type KeyType } from '../../base/keys.ts';
import { type Rng, rngFrom } from '../../base/rng.ts';
import type { KnownKeys, Router } from '../../router/contract.ts';
import type { RouterPlan } from './router-plan.ts';

/** A key and where our own router has it: what a router in another language is held against. */
export interface Vector {
  readonly key: string;
  /** Value of the second column; absent where the key is whole. */
  readonly by?: string;
  readonly shard: number;
}

const alphabets = ['abcxyz019-_ ', 'éßñøЖя', '汉字호텔', '😀💀𐀀'].map((each) => Array.from(each));

const word = (rng: Rng): bigint => (BigInt(rng.uint32()) << 32n) | BigInt(rng.uint32());

/** A value of the type: integers of every width, texts of several scripts and lengths. */
export function drawnKey(type: KeyType, rng: Rng): string {
  if (type === 'int8') return String(BigInt.asIntN(1 + (rng.uint32() % 64), word(rng)));
  if (type === 'uuid') {
    const digits = [word(rng), word(rng)].map((each) => each.toString(16).padStart(16, '0'));
    return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
  const letters = Array.from({ length: rng.uint32() % 48 }, () => {
    const alphabet = alphabets[rng.uint32() % alphabets.length] ?? [];
    return alphabet[rng.uint32() % alphabet.length] ?? '';
  });
  return letters.join('');
}

const edges: Readonly<Record<KeyType, readonly string[]>> = {
  int8: ['0', '1', '-1', '9223372036854775807', '-9223372036854775808', '9007199254740993'],
  text: ['', 'a', '汉字', 'it\'s $1 \\ "quoted"', 'x'.repeat(100)],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
};

/**
 * The keys with most load, as many as stand in a third of `count`; then every key at which a
 * language may go wrong, and drawn ones. Of a router that knows only listed keys: those alone.
 */
export function vectorsOf(
  plan: RouterPlan,
  router: Router,
  known: KnownKeys,
  count: number,
): Vector[] {
  const { core, keyType, split } = plan;
  const rng = rngFrom(1, 'test vectors');
  const isClosed = core.kind === 'list' && core.otherwise === null;
  const special = [...plan.pins, ...(split?.keys ?? [])].map(({ key }) => key).slice(0, count);
  const heavy = heaviest(known, keyType, isClosed ? count : Math.ceil(count / 3));
  const first = new Set([...special, ...heavy]);
  if (!isClosed) {
    for (const key of edges[keyType]) first.add(key);
    // A short text may come twice: tries are bounded, for there are few texts of one letter.
    for (let tries = 0; tries < 4 * count && first.size < count; tries += 1) {
      first.add(drawnKey(keyType, rng));
    }
  }
  return Array.from(first, (key) => vectorOf(plan, router, key, rng)).slice(0, count);
}

function vectorOf({ keyType, split }: RouterPlan, router: Router, key: string, rng: Rng): Vector {
  const bytes = encodeKey(keyType, key);
  if (split === null) return { key, shard: router.route(bytes, 0, bytes.length) };
  const by = drawnKey(split.byType, rng);
  const isSplit = split.keys.some((each) => each.key === key);
  const routed = isSplit ? keyPiece(bytes, pieceOf(split.byType, by, split.over)) : bytes;
  return { key, by, shard: router.route(routed, 0, routed.length) };
}

/** As workload/split-key.ts has it. */
function pieceOf(type: KeyType, text: string, over: number): number {
  const bytes = encodeKey(type, text);
  const out = { hi: 0, lo: 0 };
  present(keyHashes.xxh64, 'xxh64').hash(bytes, 0, bytes.length, out);
  return remainder64(out.hi, out.lo, over);
}

function heaviest({ bytes, offsets, count, weights }: KnownKeys, type: KeyType, most: number) {
  const order = Array.from({ length: count }, (_, key) => key);
  order.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  return order
    .slice(0, most)
    .map((key) => decodeKey(type, bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0));
}
