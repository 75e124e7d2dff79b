import { keyPiece } from '../../base/key-pieces.ts';
import { decodeKey } from '../../base/keys.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { numbered } from '../../result/numbered.ts';
import type { KnownKeys, Router } from '../contract.ts';
import { type Overlay, overlaidKeys } from './overlay-keys.ts';
import { loadThreshold, pinThresholds, reaches, type Threshold } from './overlay-thresholds.ts';

/** Keys that a fact names; of more it says how many. */
const namedMax = 5;

/**
 * What an overlay does to these keys: which it pins or splits, the share of the load that each has
 * (`of` says of what the keys' weights are shares), and where they are. `router` is the one that
 * was built with it.
 */
export function overlayNotes(
  overlay: Overlay,
  keys: KnownKeys,
  router: Router,
  of: 'load' | 'rows',
): Fact[] {
  const { pinned, split, over } = overlaidKeys(overlay, keys);
  const pins = pinned.map(({ key }) => key);
  const facts: Fact[] = [];
  if (pins.length > 0) {
    const shards = pins.slice(0, namedMax).map((key) => shardOf(router, bytesOf(keys, key)));
    const { numbers, names } = overlaid(pins, keys);
    facts.push(
      fact('keys-pinned', {
        numbers: { ...numbers, ...numbered('shard', shards) },
        names: { ...names, of, alone: overlay.pin?.exclusive === true ? 'yes' : null },
      }),
    );
  }
  if (split.length > 0 && overlay.split !== undefined) {
    const { numbers, names } = overlaid(split, keys);
    for (const [index, key] of split.slice(0, namedMax).entries()) {
      const shards = Array.from({ length: over }, (_, piece) =>
        shardOf(router, keyPiece(bytesOf(keys, key), piece)),
      );
      const inOrder = shards.toSorted((a, b) => a - b);
      Object.assign(numbers, numbered(`key${index}Shard`, inOrder));
    }
    const { by } = overlay.split;
    facts.push(fact('keys-split', { numbers, names: { ...names, of, by } }));
  }
  return [...facts, ...unreached(overlay, keys, of)];
}

/** The first keys by name with their shares, and all of them together. */
function overlaid(all: readonly number[], keys: KnownKeys) {
  const named = all.slice(0, namedMax);
  const shareOf = (key: number): number => keys.weights[key] ?? 0;
  const numbers: Fact['numbers'] = {
    togetherFraction: all.reduce((sum, key) => sum + shareOf(key), 0),
    otherKeys: all.length - named.length,
    ...numbered('keyFraction', named.map(shareOf)),
  };
  return { numbers, names: { keys: named.map((key) => nameOf(keys, key)) } };
}

/** Thresholds that no key reaches. */
function unreached({ pin, split }: Overlay, keys: KnownKeys, of: string): Fact[] {
  const codes = [
    ['no-key-pinned', pinThresholds(pin, keys)],
    ['no-key-split', loadThreshold(split?.above ?? null, keys)],
  ] as const;
  return codes.flatMap(([code, thresholds]) =>
    thresholds.flatMap((threshold) => unreachedOne(code, threshold, of)),
  );
}

function unreachedOne(code: string, threshold: Threshold, of: string): Fact[] {
  const { unit, stated, above, each, of: amounts } = threshold;
  const heaviest = Array.from(amounts).reduce((most, amount) => Math.max(most, amount), 0);
  if (reaches(heaviest, above)) return [];
  const ending = { load: 'Fraction', rows: 'Rows', writesPerSecond: 'WritesPerSecond' }[unit];
  const numbers = { [`above${ending}`]: stated, [`heaviest${ending}`]: heaviest * each };
  return [fact(code, { severity: 'warning', numbers, names: { of } })];
}

function bytesOf({ bytes, offsets }: KnownKeys, key: number): Uint8Array {
  return bytes.slice(offsets[key] ?? 0, offsets[key + 1] ?? 0);
}

const shardOf = (router: Router, bytes: Uint8Array): number => router.route(bytes, 0, bytes.length);

/** A key of several columns has no text of its own. */
function nameOf(keys: KnownKeys, key: number): string {
  if (keys.type === 'composite') return `key ${key}`;
  return decodeKey(keys.type, keys.bytes, keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0);
}
