import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import type { PackedKeys } from '../base/keys.ts';
import type { HotPath } from '../result/bench-document.ts';
import type { Router } from '../router/contract.ts';
import { bigintRoute, bulkRoute, int8Route, textRoute } from '../router/kernels/route-functions.ts';
import type { HotPathKeys } from './hot-path-keys.ts';
import { shardDigest } from './shard-digest.ts';

/** Digests of the shards of all keys, the same in whatever form the keys were given. */
export function shardChecksums(
  { text, int8 }: { readonly text: Router | null; readonly int8: Router | null },
  keys: HotPathKeys,
): HotPath['checksums'] {
  return {
    text: text === null ? null : textChecksum(text, keys),
    int8: int8 === null ? null : integerChecksum(int8, keys),
  };
}

function textChecksum(router: Router, { texts, textBytes }: HotPathKeys): string {
  const ofText = textRoute(router);
  return same({
    string: texts.map((key) => ofText(key)),
    bytes: shardsOf(router, textBytes),
  });
}

function integerChecksum(router: Router, { integers, integerBytes }: HotPathKeys): string {
  const ofNumber = int8Route(router);
  const ofBigInt = bigintRoute(router);
  const bulk = bulkRoute(router, integers.length);
  bulk.keys.set(integers.map(BigInt));
  bulk.run(integers.length);
  return same({
    bytes: shardsOf(router, integerBytes),
    number: integers.map((key) => ofNumber(key)),
    bigint: integers.map((key) => ofBigInt(BigInt(key))),
    bulk: [...bulk.shards.subarray(0, integers.length)],
  });
}

function shardsOf(router: Router, { bytes, offsets, count }: PackedKeys): number[] {
  return Array.from({ length: count }, (_, i) =>
    router.route(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0),
  );
}

function same(byForm: Readonly<Record<string, readonly number[]>>): string {
  const digests = Object.entries(byForm).map(([form, shards]) => [form, shardDigest(shards)]);
  const all = new Set(digests.map(([, digest]) => digest));
  if (all.size > 1) {
    throw new UserError(
      'the same keys get different shards when they are asked for again, or in another ' +
        `form (${digests.map(([form, digest]) => `${form} ${digest}`).join(', ')}): a ` +
        'router must give a key the same shard each time',
      { exitCode: exitCodes.usage },
    );
  }
  return digests[0]?.[1] ?? '';
}
