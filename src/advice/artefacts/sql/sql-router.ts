// A recommended router as immutable functions of PL/pgSQL, with its test vectors.
import type { KeyType } from '../../../base/keys.ts';
import { wrappedStrictly } from '../code-text.ts';
import type { RouterPlan } from '../router-plan.ts';
import type { Vector } from '../vectors.ts';
import { sqlCore } from './sql-core.ts';
import { sqlHashes, sqlMixed32 } from './sql-hashes.ts';
import { sqlKey } from './sql-text.ts';
import { sqlFunction, sqlWords } from './sql-words.ts';

const encoders: Readonly<Record<KeyType, string>> = {
  // Whatever the database's own encoding is.
  text: `begin
  return convert_to(key, 'UTF8');
end`,
  int8: `declare
  big bytea := int8send(key);
  little bytea := big;
begin
  for i in 0 .. 7 loop
    little := set_byte(little, i, get_byte(big, 7 - i));
  end loop;
  return little;
end`,
  uuid: `begin
  return uuid_send(key);
end`,
};

/** How the function is called; the second argument says which piece of a split key is meant. */
export const slotFunction = 'shardlab_slot';

/** The functions alone. @param header lines of a comment, without the comment's signs */
export function sqlRouter(plan: RouterPlan, header: readonly string[]): string {
  const { core, keyType, split } = plan;
  const hashes = hashesOf(plan);
  const isMixed = core.kind === 'hash' && core.placing.kind === 'scores';
  const types = new Set([keyType, ...(split === null ? [] : [split.byType])]);
  return [
    header.map((line) => `-- ${line}`.trimEnd()).join('\n'),
    sqlWords,
    ...[...types].map((type) =>
      sqlFunction(`shardlab_bytes(key ${type})`, 'bytea', encoders[type]),
    ),
    ...(isMixed || hashes.includes('murmur3-32') ? [sqlMixed32] : []),
    ...hashes.map((name) => sqlHashes[name]),
    sqlCore(plan),
    slotOf(plan),
  ].join('\n\n');
}

function hashesOf({ core, split }: RouterPlan) {
  const own = core.kind === 'hash' ? [core.hash] : [];
  return split === null || own.includes('xxh64') ? own : [...own, 'xxh64' as const];
}

/** Types of the function's arguments, for DROP and for calls. */
export const slotTypes = ({ keyType, split }: RouterPlan): readonly KeyType[] =>
  split === null ? [keyType] : [keyType, split.byType];

function slotOf({ keyType, pins, split, numbering }: RouterPlan): string {
  const lines: string[] = ['begin'];
  if (pins.length > 0) {
    lines.push('  -- Keys that have a shard of their own');
    lines.push('  case key');
    for (const { key, shard } of pins) {
      lines.push(`    when ${sqlKey(keyType, key)} then return ${shard};`);
    }
    lines.push('    else null;', '  end case;');
  }
  if (split !== null) {
    lines.push(`  -- Keys whose rows lie on several shards, by ${JSON.stringify(split.by)}`);
    lines.push('  case key');
    for (const { key, shards } of split.keys) {
      lines.push(
        `    when ${sqlKey(keyType, key)} then`,
        `      return (array[${shards.join(', ')}])[1 + ` +
          `shardlab_remainder(shardlab_xxh64(shardlab_bytes(second)), ${shards.length})];`,
      );
    }
    lines.push('    else null;', '  end case;');
  }
  lines.push(
    numbering === null
      ? '  return shardlab_core(key);'
      : `  return (array[${numbering.join(', ')}])[1 + shardlab_core(key)];`,
    'end',
  );
  const second = split === null ? '' : `, second ${split.byType}`;
  return sqlFunction(`${slotFunction}(key ${keyType}${second})`, 'int4', lines.join('\n'));
}

/** Raises an error unless the functions place every vector as shardlab's own router does. */
export function sqlSelfTest(plan: RouterPlan, vectors: readonly Vector[]): string {
  const { keyType, split } = plan;
  const [second, by] = split === null ? ['', ''] : [', second', ', second'];
  const rows = vectors.map((vector) => {
    const piece = split === null ? '' : `${sqlKey(split.byType, vector.by ?? '')}, `;
    return `(${sqlKey(keyType, vector.key)}, ${piece}${vector.shard})`;
  });
  return `-- Test vectors: keys and the shards that shardlab's own router gave.
create temporary table shardlab_vectors as
select * from (values
${wrappedStrictly(rows)}
) as vectors (key${second}, shard);

do $$
declare
  wrong int8;
begin
  select count(*) into wrong from shardlab_vectors
    where ${slotFunction}(key${by}) is distinct from shard;
  if wrong > 0 then
    raise exception '% test vectors are placed elsewhere: do not use this router', wrong;
  end if;
end $$;

drop table shardlab_vectors;`;
}
