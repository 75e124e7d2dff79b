import type { KeyType } from '../../base/keys.ts';
import {
  buildFor,
  type CheckedRouter,
  knownKeys,
  type RouterCheck,
  shardsOf,
} from './checked-router.ts';
import { shardsInRange, typeExcuse } from './routing-checks.ts';
import { demandSame } from './violation.ts';

const megabyte = 'm'.repeat(2 ** 20);

/** Texts whose UTF-8 has one to four bytes a character, and one whose two forms differ. */
const nonAscii = ['Zoë', 'Zoe\u0308', 'Straße', 'ключ', '漢字', '😀', '\ufeffbom', '\u{10ffff}'];

const extremes: Readonly<Record<KeyType, readonly string[]>> = {
  text: ['', ' ', 'a', ...nonAscii, megabyte],
  int8: [
    '0',
    '1',
    '-1',
    String(2n ** 53n - 1n),
    String(2n ** 53n),
    String(2n ** 53n + 1n),
    String(2n ** 63n - 1n),
    String(-(2n ** 63n)),
    String(-(2n ** 53n) - 1n),
  ],
  uuid: [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '00000000-0000-0000-0000-000000000001',
    '80000000-0000-0000-0000-000000000000',
  ],
};

const names: Readonly<Record<KeyType, string>> = {
  text: 'empty text, 1 MB of it and text beyond ASCII (as UTF-8) are keys like any other',
  int8: 'integers at 0, -1, 2^53 +- 1, 2^63 - 1 and -2^63 are keys like any other',
  uuid: 'the lowest and the highest uuid are keys like any other',
};

export function extremeKeyCheck(type: KeyType): RouterCheck {
  return {
    name: names[type],
    excuse: typeExcuse(type),
    run: (router) => checkExtremes(router, type),
  };
}

function checkExtremes({ definition, hash, thorough }: CheckedRouter, type: KeyType): void {
  const keys = knownKeys(type, extremes[type]);
  const none = knownKeys(type, []);
  for (const n of thorough ? [1, 7] : [7]) {
    // Known when the router is built, and not.
    for (const known of thorough ? [keys, none] : [none]) {
      const built = buildFor(definition, n, known, { hash });
      const shards = shardsInRange(built, keys);
      const twin = buildFor(definition, n, known, { hash });
      demandSame(keys, shardsOf(twin, keys), shards, `of ${n} in a second build`);
    }
  }
  if (type !== 'text') return;
  // By somebody else's encoder.
  const some = knownKeys('text', nonAscii);
  const built = buildFor(definition, 7, some, { hash });
  const encoder = new TextEncoder();
  const encoded = nonAscii.map((text) => encoder.encode(text));
  const shards = encoded.map((bytes) => built.route(bytes, 0, bytes.length));
  demandSame(some, shards, shardsOf(built, some), 'of 7 as plain UTF-8');
}
