import { present } from '../base/assert.ts';
import { type KeyType, type PackedKeys, packKeys } from '../base/keys.ts';
import { type Rng, rngFrom } from '../base/rng.ts';
import type { TenantSource } from '../scenario/tenant-types.ts';
import { tenantWeights } from './distributions.ts';
import { listedWeights } from './listed-weights.ts';
import { parseTenantFile } from './tenant-file.ts';
import type { Tenants } from './types.ts';

/** A tenant file as read: its text, and its path for messages. */
export interface TenantText {
  readonly text: string;
  readonly path: string;
}

/**
 * Tenants of a distribution (largest first, bytes as the weights) or of a file (in its order).
 * Everything wrong with the file is one UserError.
 */
export function buildTenants(source: TenantSource, seed: number, file: TenantText | null): Tenants {
  const { idType } = source;
  if (source.distribution === 'file') {
    const { text, path } = present(file, 'text of the tenant file');
    const list = parseTenantFile(text, path, source, idType);
    return { ...list, count: list.ids.length, keys: packKeys(idType, list.ids) };
  }
  const { count } = source;
  const weights = tenantWeights(source);
  const shares = { weights, bytes: bytesOf(source, weights) };
  if (idType !== 'text') {
    const ids = generateIds(idType, count, seed);
    return { count, ids, keys: packKeys(idType, ids), ...shares };
  }
  const keys = numberedKeys('tenant-', count);
  let ids: readonly string[] | null = null;
  return {
    count,
    keys,
    ...shares,
    /** Made when they are asked for: of a million tenants they would take most of the memory. */
    get ids() {
      ids ??= textsOf(keys);
      return ids;
    },
  };
}

/** As the weights, unless the scenario says otherwise. */
function bytesOf(source: TenantSource, weights: Float64Array): Float64Array {
  if (source.distribution !== 'listed') return weights;
  const { count, top, quantiles, topBytes, bytesQuantiles } = source;
  if (topBytes === null && bytesQuantiles === null) return weights;
  return listedWeights(count, topBytes ?? top, bytesQuantiles ?? quantiles);
}

/** tenant-00001 and on, 1 and on, or random UUIDs that the seed decides; all distinct. */
export function generateIds(type: KeyType, count: number, seed: number): string[] {
  if (type === 'int8') return Array.from({ length: count }, (_, i) => String(i + 1));
  if (type === 'text') return textsOf(numberedKeys('tenant-', count));
  const rng = rngFrom(seed, 'tenants/uuid');
  return Array.from({ length: count }, () => uuid(rng));
}

const [zero, nine] = [0x30, 0x39];

/** The prefix and a number from 1 on, of one width, so that their byte order is their number's. */
function numberedKeys(prefix: string, count: number): PackedKeys {
  const width = Math.max(5, String(count).length);
  const text = new TextEncoder().encode(prefix + '0'.repeat(width));
  const bytes = new Uint8Array(text.length * count);
  const offsets = Uint32Array.from({ length: count + 1 }, (_, i) => i * text.length);
  for (let i = 0; i < count; i += 1) {
    let place = text.length - 1;
    for (; text[place] === nine; place -= 1) text[place] = zero;
    text[place] = (text[place] ?? zero) + 1;
    bytes.set(text, i * text.length);
  }
  return { type: 'text', count, bytes, offsets };
}

function textsOf({ count, bytes, offsets }: PackedKeys): string[] {
  const decoder = new TextDecoder();
  return Array.from({ length: count }, (_, i) =>
    decoder.decode(bytes.subarray(offsets[i], offsets[i + 1])),
  );
}

/** RFC 9562 version 4: 122 random bits, so two equal ones are out of the question. */
function uuid(rng: Rng): string {
  const hex = [0, 1, 2, 3].map(() => rng.uint32().toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  const third = `4${hex.slice(13, 16)}`;
  const fourth = `${variant}${hex.slice(17, 20)}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${third}-${fourth}-${hex.slice(20)}`;
}
