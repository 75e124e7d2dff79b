// A recommended router as a package of Go of the standard library alone, with its test vectors.
import type { KeyType } from '../../../base/keys.ts';
import { wrapped } from '../code-text.ts';
import type { RouterPlan } from '../router-plan.ts';
import type { Vector } from '../vectors.ts';
import { goCore, goText } from './go-core.ts';
import {
  goFolded,
  goHashes,
  goImports,
  goMixed32,
  goNotFolded,
  goPostgresHash,
  goWordAt,
} from './go-hashes.ts';

const goTypes: Readonly<Record<KeyType, string>> = {
  text: 'string',
  int8: 'int64',
  uuid: 'string',
};

const encoders: Readonly<Record<KeyType, string>> = {
  text: `	return []byte(key)`,
  int8: `	bytes := make([]byte, 8)
	for i := range bytes {
		bytes[i] = byte(uint64(key) >> (8 * i))
	}
	return bytes`,
  uuid: `	bytes, err := hex.DecodeString(strings.ReplaceAll(key, "-", ""))
	if err != nil || len(bytes) != 16 {
		panic("not a UUID: " + key)
	}
	return bytes`,
};

/** @param header lines of the comment on the package, without the comment's signs */
export function goRouter(plan: RouterPlan, header: readonly string[]): string {
  const { keyType, split, core } = plan;
  const hashes = hashesOf(plan);
  const isPostgres = core.kind === 'partition-hash' || core.kind === 'hash32-ranges';
  const isScored = core.kind === 'hash' && core.placing.kind === 'scores';
  const usesUuid = keyType === 'uuid' || split?.byType === 'uuid';
  const isSearched =
    core.kind === 'bounds' || (core.kind === 'hash' && core.placing.kind === 'points');
  const packages = new Set([
    ...hashes.flatMap((name) => goImports[name]),
    ...(isPostgres ? ['math/bits'] : []),
    ...(usesUuid ? ['encoding/hex', 'strings'] : []),
    ...(isSearched ? ['sort'] : []),
  ]);
  const parts = [
    header.map((line) => `// ${line}`.trimEnd()).join('\n'),
    'package shardrouter\n',
    ...(packages.size === 0
      ? []
      : [
          `import (\n${[...packages]
            .toSorted()
            .map((name) => `\t"${name}"`)
            .join('\n')}\n)\n`,
        ]),
    '// ShardCount is the number of shards; they are counted from 0.',
    `const ShardCount = ${plan.shardCount}`,
    encoderOf('encode', keyType),
    ...(split === null ? [] : [encoderOf('encodeSecond', split.byType)]),
    goWordAt,
    ...(isScored || hashes.includes('murmur3-32') ? [goMixed32] : []),
    ...hashes.map((name) => goHashes[name]),
    ...(isPostgres ? [goPostgresHash, keyType === 'int8' ? goFolded : goNotFolded] : []),
    goCore(plan),
    tablesOf(plan),
    routeOf(plan),
  ];
  return `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`.replace('\n\npackage shardrouter', '\npackage shardrouter');
}

function hashesOf({ core, split }: RouterPlan) {
  const own = core.kind === 'hash' ? [core.hash] : [];
  return split === null || own.includes('xxh64') ? own : [...own, 'xxh64' as const];
}

const encoderOf = (name: string, type: KeyType): string => `
// ${name} gives the bytes of a ${type}, as the router reads them.
func ${name}(key ${goTypes[type]}) []byte {
${encoders[type]}
}
`;

/** A key as it stands in Go: a number, or a quoted text. */
const literal = (type: KeyType, key: string): string => (type === 'int8' ? key : goText(key));

function tablesOf({ pins, split, numbering, keyType }: RouterPlan): string {
  const parts: string[] = [];
  const type = goTypes[keyType];
  if (pins.length > 0) {
    const entries = pins.map(({ key, shard }) => `${literal(keyType, key)}: ${shard}`);
    parts.push(`// pinned has the keys that have a shard of their own.
var pinned = map[${type}]int{
${wrapped(entries, '\t')}
}`);
  }
  if (split !== null) {
    const entries = split.keys.map(
      ({ key, shards }) => `${literal(keyType, key)}: {${shards.join(', ')}}`,
    );
    parts.push(`// pieces has the keys whose rows lie on several shards, by ${split.by}.
var pieces = map[${type}][]int{
${wrapped(entries, '\t')}
}`);
  }
  if (numbering !== null) {
    parts.push(`// numbering has the shards that the rule above counts from 0.
var numbering = []int{${numbering.join(', ')}}`);
  }
  return parts.join('\n\n');
}

function routeOf({ pins, split, numbering, keyType }: RouterPlan): string {
  const lines: string[] = keyType === 'uuid' ? ['	key = strings.ToLower(key)'] : [];
  if (pins.length > 0) {
    lines.push('	if own, ok := pinned[key]; ok {', '		return own', '	}');
  }
  if (split !== null) {
    lines.push(
      '	if places, ok := pieces[key]; ok {',
      '		return places[xxh64(encodeSecond(by))%uint64(len(places))]',
      '	}',
    );
  }
  lines.push(numbering === null ? '	return coreShard(key)' : '	return numbering[coreShard(key)]');
  const second = split === null ? '' : `, by ${goTypes[split.byType]}`;
  const about =
    split === null
      ? '// ShardOf gives the shard of a key, from 0.'
      : `// ShardOf gives the shard of a row, by ${split.by} too where its key is split.`;
  return `${about}
func ShardOf(key ${goTypes[keyType]}${second}) int {
${lines.join('\n')}
}`;
}

/** The test of the package: every vector must be where shardlab's own router has it. */
export function goRouterTest({ keyType, split }: RouterPlan, vectors: readonly Vector[]): string {
  const rows = vectors.map(({ key, by, shard }) => {
    const second = split === null ? '' : `${literal(split.byType, by ?? '')}, `;
    return `{${literal(keyType, key)}, ${second}${shard}}`;
  });
  const fields =
    split === null
      ? `	key   ${goTypes[keyType]}`
      : `	key   ${goTypes[keyType]}\n	by    ${goTypes[split.byType]}`;
  const args = split === null ? 'each.key' : 'each.key, each.by';
  return `package shardrouter

import "testing"

// vectors are keys and the shards that shardlab's own router gave.
var vectors = []struct {
${fields}
	shard int
}{
${wrapped(rows, '\t')}
}

func TestShardOf(t *testing.T) {
	for _, each := range vectors {
		if found := ShardOf(${args}); found != each.shard {
			t.Errorf("%v: shard %d, and not %d", each.key, found, each.shard)
		}
	}
}
`;
}

export const goModule = 'module shardrouter\n\ngo 1.19\n';
