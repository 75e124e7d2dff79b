import { keyPiece } from '../../base/key-pieces.ts';
import { decodeKey } from '../../base/keys.ts';
import { formatFraction } from '../../base/units.ts';
import type { KnownKeys, Router } from '../contract.ts';
import { type Overlay, overlaidKeys, reaches } from './overlay-keys.ts';

/** Keys that a note names; of more it says how many. */
const namedMax = 5;

/**
 * What an overlay does to these keys, in sentences: which it pins or splits, the share of the load
 * that each has (`of` says of what the keys' weights are shares), and where they are. `router` is
 * the one that was built with it.
 */
export function overlayNotes(
  overlay: Overlay,
  keys: KnownKeys,
  router: Router,
  of: 'load' | 'rows',
): string[] {
  const { pinned, split, over } = overlaidKeys(overlay, keys);
  const share = (key: number) => `${percent(keys.weights[key] ?? 0)} of the ${of}`;
  const notes: string[] = [];
  if (pinned.length > 0) {
    const each = pinned.map(({ key }) => {
      const shard = shardOf(router, bytesOf(keys, key));
      return `${nameOf(keys, key)} (${share(key)}) to shard ${shard}`;
    });
    const together = total(
      pinned.map(({ key }) => key),
      keys,
    );
    notes.push(`Pinned: ${listed(each)}; ${percent(together)} of the ${of} in all.`);
  }
  if (split.length > 0 && overlay.split !== undefined) {
    const each = split.map((key) => {
      const shards = Array.from({ length: over }, (_, piece) =>
        shardOf(router, keyPiece(bytesOf(keys, key), piece)),
      );
      return `${nameOf(keys, key)} (${share(key)}) over shards ${shards.toSorted((a, b) => a - b).join(', ')}`;
    });
    const { by } = overlay.split;
    notes.push(
      `Split by ${by}: ${listed(each)}; ${percent(total(split, keys))} of the ${of} in all. An ` +
        `operation on such a key that does not fix ${by} goes to all of its shards.`,
    );
  }
  return [...notes, ...unreached(overlay, keys, of)];
}

/** Thresholds that no key reaches. */
function unreached({ pin, split }: Overlay, keys: KnownKeys, of: string): string[] {
  const heaviest = Array.from(keys.weights).reduce((most, weight) => Math.max(most, weight), 0);
  const thresholds = [
    ['pinned', pin?.above ?? null],
    ['split', split?.above ?? null],
  ] as const;
  return thresholds.flatMap(([what, above]) =>
    above === null || reaches(heaviest, above)
      ? []
      : [
          `No key has ${formatFraction(above)} of the ${of} (the heaviest has ` +
            `${percent(heaviest)}), so no key is ${what} because of its weight.`,
        ],
  );
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

const total = (keys: readonly number[], { weights }: KnownKeys): number =>
  keys.reduce((sum, key) => sum + (weights[key] ?? 0), 0);

function listed(each: readonly string[]): string {
  const more = each.length - namedMax;
  const shown = each.slice(0, namedMax).join('; ');
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction < 0.1 ? 1 : 0)} %`;
}
