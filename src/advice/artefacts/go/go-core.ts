import { partitionSeed } from '../../../router/presets/postgres-partition.ts';
import type { HashRecipe } from '../../../router/recipe.ts';
import { joined, wrapped } from '../code-text.ts';
import type { RouterPlan, TableCore } from '../router-plan.ts';
import { goHashNames } from './go-hashes.ts';

/** A text as Go quotes it: JSON's escapes are Go's too, and what else is no letter gets one. */
export const goText = (text: string): string =>
  JSON.stringify(text).replaceAll(/[\u007f\ufeff]/g, (each) => {
    return `\\u${(each.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });

/** `coreShard(key)`: the shard of a key that has none of its own. */
export function goCore({ core, keyType }: RouterPlan): string {
  const type = keyType === 'int8' ? 'int64' : 'string';
  if (core.kind === 'hash') return hashCore(core, type);
  if (core.kind === 'partition-hash') return partitionCore(core.shardCount, type);
  return tableCore(core, type);
}

function hashCore({ hash, salt, placing, shardCount }: HashRecipe, type: string): string {
  const bytes = salt === '' ? 'encode(key)' : `append([]byte(${goText(salt)}), encode(key)...)`;
  return `${placingTables(placing)}func coreShard(key ${type}) int {
	hash := ${goHashNames[hash]}(${bytes})
${placingLines(placing, shardCount)}
}`;
}

function placingTables(placing: HashRecipe['placing']): string {
  if (placing.kind === 'table') return `${integers('table', 'shards', placing.table)}\n\n`;
  if (placing.kind === 'points') {
    const { count, hi, lo, owner } = placing.points;
    const points = Array.from(
      { length: count },
      (_, i) => `0x${joined(hi[i] ?? 0, lo[i] ?? 0).toString(16)}`,
    );
    return `// points ascend.
var points = []uint64{
${wrapped(points, '\t')}
}

${integers('owners', 'the shard of each point', owner)}

`;
  }
  if (placing.kind !== 'scores') return '';
  const bids = placing.bids.map(({ shard, first, second }) => {
    return `{${shard}, ${first >>> 0}, ${second >>> 0}}`;
  });
  return `// bids has shards and the two words that their scores are made with.
var bids = []struct {
	shard         int
	first, second uint32
}{
${wrapped(bids, '\t')}
}

`;
}

const integers = (name: string, what: string, values: ArrayLike<number>): string =>
  `// ${name} has ${what}.
var ${name} = []int{
${wrapped(Array.from(values, String), '\t')}
}`;

function placingLines(placing: HashRecipe['placing'], shardCount: number): string {
  if (placing.kind === 'remainder') return `	return int(hash % ${shardCount})`;
  if (placing.kind === 'table') return `	return table[hash%uint64(len(table))]`;
  if (placing.kind === 'points') {
    return `	// The first point that is not below the hash, or else the first of all.
	at := sort.Search(len(points), func(i int) bool { return points[i] >= hash })
	if at == len(points) {
		at = 0
	}
	return owners[at]`;
  }
  if (placing.kind === 'scores') {
    return `	best, shard := int64(-1), 0
	for _, bid := range bids {
		score := int64(mixed32(mixed32(uint32(hash)^bid.second) ^ uint32(hash>>32) ^ bid.first))
		if score > best {
			best, shard = score, bid.shard
		}
	}
	return shard`;
  }
  return `	// Jump consistent hash: https://arxiv.org/abs/1406.2294
	bucket := 0
	for next := 0; next < ${shardCount}; {
		bucket = next
		hash = hash*2862933555777941757 + 1
		next = int(float64(bucket+1) * (float64(int64(1)<<31) / float64((hash>>33)+1)))
	}
	return bucket`;
}

const partitionCore = (shardCount: number, type: string): string => `
// coreShard is PARTITION BY HASH: postgres/postgres, src/backend/partitioning/partbounds.c
func coreShard(key ${type}) int {
	var seed uint64 = 0x${joined(partitionSeed.hi, partitionSeed.lo).toString(16)}
	var added uint64 = 0x49a0f4dd15e5a8e3
	return int((postgresHash(postgresBytes(encode(key)), seed) + added) % ${shardCount})
}`;

function tableCore(core: TableCore, type: string): string {
  if (core.kind === 'hash32-ranges') {
    return `${integers('table', 'the node of each hash range', core.table)}

func coreShard(key ${type}) int {
	hash := int32(uint32(postgresHash(postgresBytes(encode(key)), 0)))
	at := (int64(hash) + 1<<31) / (1 << 32 / int64(len(table)))
	if at >= int64(len(table)) {
		at = int64(len(table)) - 1
	}
	return table[at]
}`;
  }
  const literal = (text: string): string => (type === 'int64' ? text : goText(text));
  if (core.kind === 'list') {
    const rows = core.entries.map(({ key, shard }) => `${literal(key)}: ${shard}`);
    const missing =
      core.otherwise === null
        ? `	panic("no shard for a key that is not listed")`
        : `	return ${core.otherwise}`;
    return `var listed = map[${type}]int{
${wrapped(rows, '\t')}
}

func coreShard(key ${type}) int {
	if shard, ok := listed[key]; ok {
		return shard
	}
${missing}
}`;
  }
  const bounds = core.runs.slice(1).map(({ low }) => literal(low ?? ''));
  return `// bounds: run i is from bound i - 1 (included) to bound i. Texts compare by their bytes.
var bounds = []${type}{
${wrapped(bounds, '\t')}
}

${integers(
  'owners',
  'the shard of each run',
  core.runs.map(({ shard }) => shard),
)}

func coreShard(key ${type}) int {
	return owners[sort.Search(len(bounds), func(i int) bool { return bounds[i] > key })]
}`;
}
