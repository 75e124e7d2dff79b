// A recommended router as one file of TypeScript without dependencies, with its test vectors.
import type { KeyType } from '../../../base/keys.ts';
import { wrapped } from '../code-text.ts';
import type { PlacedText, RouterPlan } from '../router-plan.ts';
import type { Vector } from '../vectors.ts';
import { typescriptCore } from './typescript-core.ts';
import {
  typescriptHashes,
  typescriptMixed32,
  typescriptPostgresHash,
  typescriptWords,
} from './typescript-hashes.ts';

/** What the written file has of Node's; this program has no part in it. */
const written = { crypto: 'node:crypto', console: 'console', process: 'process' };

const encoders: Readonly<Record<KeyType, string>> = {
  text: `new TextEncoder().encode(key)`,
  int8: `new Uint8Array(new BigInt64Array([BigInt(key)]).buffer)`,
  uuid: `Uint8Array.from(key.replaceAll('-', '').match(/../g) ?? [], (each) => parseInt(each, 16))`,
};

/** @param header comment lines that say what the router is, without the comment's signs */
export function typescriptRouter(
  plan: RouterPlan,
  header: readonly string[],
  vectors: readonly Vector[],
): string {
  const { keyType, split } = plan;
  const hashes = hashesOf(plan);
  const parts = [
    header.map((line) => `// ${line}`.trimEnd()).join('\n'),
    ...(hashes.some((name) => name === 'md5' || name === 'sha256')
      ? [`import { createHash } from '${written.crypto}';`]
      : []),
    `\nexport const shardCount = ${plan.shardCount};`,
    `export const keyType: string = '${keyType}';`,
    typescriptWords,
    encoderOf('encode', keyType),
    ...(split === null ? [] : [encoderOf('encodeSecond', split.byType)]),
    ...(usesMix(plan) ? [typescriptMixed32] : []),
    ...hashes.map((name) => typescriptHashes[name]),
    ...(plan.core.kind === 'partition-hash' || plan.core.kind === 'hash32-ranges'
      ? [typescriptPostgresHash]
      : []),
    typescriptCore(plan),
    tablesOf(plan),
    routeOf(plan),
    selfTest(vectors),
  ];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

function hashesOf({ core, split }: RouterPlan) {
  const own = core.kind === 'hash' ? [core.hash] : [];
  return split === null || own.includes('xxh64') ? own : [...own, 'xxh64' as const];
}

const usesMix = ({ core }: RouterPlan): boolean =>
  core.kind === 'hash' && (core.hash === 'murmur3-32' || core.placing.kind === 'scores');

const encoderOf = (name: string, type: KeyType): string => `
/** The bytes of a ${type}, as the router reads them. */
function ${name}(key: string): Uint8Array {
  return ${encoders[type]};
}
`;

export const mapEntries = (entries: readonly PlacedText[]): string =>
  wrapped(entries.map(({ key, shard }) => `[${JSON.stringify(key)}, ${shard}]`));

function tablesOf({ pins, split, numbering }: RouterPlan): string {
  const parts: string[] = [];
  if (pins.length > 0) {
    parts.push(
      `/** Keys that have a shard of their own. */
const pinned = new Map<string, number>([
${mapEntries(pins)}
]);`,
    );
  }
  if (split !== null) {
    const entries = split.keys.map(({ key, shards }) => {
      return `[${JSON.stringify(key)}, [${shards.join(', ')}]]`;
    });
    parts.push(
      `/** Keys whose rows lie on several shards, by ${split.by}. */
const pieces = new Map<string, readonly number[]>([
${wrapped(entries)}
]);`,
    );
  }
  if (numbering !== null) {
    parts.push(
      `/** The shards that the rule below counts from 0. */
const numbering: readonly number[] = [${numbering.join(', ')}];`,
    );
  }
  return parts.join('\n\n');
}

function routeOf({ pins, split, numbering, keyType }: RouterPlan): string {
  const named = {
    int8: 'String(BigInt(key))',
    uuid: 'String(key).toLowerCase()',
    text: 'String(key)',
  };
  const lines = [`  const text = ${named[keyType]};`];
  if (pins.length > 0) {
    lines.push('  const own = pinned.get(text);', '  if (own !== undefined) return own;');
  }
  if (split !== null) {
    lines.push(
      '  const places = pieces.get(text);',
      '  if (places !== undefined) {',
      '    const piece = xxh64(encodeSecond(String(by))) % BigInt(places.length);',
      '    return places[Number(piece)] ?? 0;',
      '  }',
    );
  }
  lines.push(
    numbering === null ? '  return coreShard(text);' : '  return numbering[coreShard(text)] ?? 0;',
  );
  const type = keyType === 'int8' ? 'bigint | number | string' : 'string';
  const second = split === null ? '' : `, by: bigint | number | string`;
  const about =
    split === null
      ? '/** The shard of a key, from 0. */'
      : `/** The shard of a row, from 0: of its key, and of ${split.by} where the key is split. */`;
  return `${about}
export function shardOf(key: ${type}${second}): number {
${lines.join('\n')}
}`;
}

function selfTest(vectors: readonly Vector[]): string {
  const rows = vectors.map(({ key, by, shard }) => JSON.stringify([key, by ?? '', shard]));
  const call = vectors.some(({ by }) => by !== undefined) ? 'shardOf(key, by)' : 'shardOf(key)';
  return `/** Keys, values of the second column, and the shards that shardlab's own router gave. */
export const vectors: readonly (readonly [string, string, number])[] = [
${wrapped(rows)}
];

/** The vectors that this file places elsewhere: none, or it must not be used. */
export function selfTest(): readonly string[] {
  return vectors.flatMap(([key, by, shard]) => {
    const found = ${call};
    return found === shard ? [] : [key + ' ' + by + ': ' + found + ' and not ' + shard];
  });
}

if (import.meta.main) {
  const wrong = selfTest();
  for (const line of wrong) ${written.console}.error(line);
  ${written.console}.log(vectors.length - wrong.length + ' of ' + vectors.length + ' keys agree');
  ${written.process}.exitCode = wrong.length === 0 ? 0 : 1;
}`;
}
