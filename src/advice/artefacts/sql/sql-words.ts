// PostgreSQL's int8 raises an error where others wrap around, so sums and products are ours.
import { dollarQuoted } from './sql-text.ts';

/** An immutable function, made anew where there is one. */
export function sqlFunction(head: string, result: string, body: string): string {
  return `create or replace function ${head} returns ${result}
language plpgsql immutable strict parallel safe as ${dollarQuoted(body)};`;
}

/** What hashes and routers are made of. */
export const sqlWords = [
  sqlFunction(
    'shardlab_plus(a int8, b int8)',
    'int8',
    `declare
  low int8 := (a & 4294967295) + (b & 4294967295);
begin
  return (((a >> 32) + (b >> 32) + (low >> 32)) << 32) | (low & 4294967295);
end`,
  ),
  sqlFunction(
    'shardlab_times(a int8, b int8)',
    'int8',
    `declare
  al int8 := a & 4294967295;
  ah int8 := (a >> 32) & 4294967295;
  b0 int8 := b & 65535;
  b1 int8 := (b >> 16) & 65535;
  b2 int8 := (b >> 32) & 65535;
  b3 int8 := (b >> 48) & 65535;
begin
  -- Each product is below 2^48; what a shift drops is beyond 2^64.
  return shardlab_plus(
    shardlab_plus(al * b0, (al * b1) << 16),
    (((al * b2) & 4294967295) + ((ah * b0) & 4294967295)
      + (((al * b3 + ah * b1) & 65535) << 16)) << 32);
end`,
  ),
  sqlFunction(
    'shardlab_shifted(word int8, bits int4)',
    'int8',
    `begin
  -- To the right, with zeros from the left.
  return case when bits = 0 then word else (word >> bits) & ~((-1)::int8 << (64 - bits)) end;
end`,
  ),
  sqlFunction(
    'shardlab_turned(word int8, bits int4)',
    'int8',
    `begin
  return (word << bits) | shardlab_shifted(word, 64 - bits);
end`,
  ),
  sqlFunction(
    'shardlab_word_at(bytes bytea, pos int4, length int4)',
    'int8',
    `declare
  word int8 := 0;
begin
  -- Little-endian.
  for i in reverse length - 1 .. 0 loop
    word := (word << 8) | get_byte(bytes, pos + i);
  end loop;
  return word;
end`,
  ),
  sqlFunction(
    'shardlab_remainder(word int8, divisor int4)',
    'int4',
    `begin
  -- Of the word without a sign.
  return ((((word >> 32) & 4294967295) % divisor) * 4294967296 + (word & 4294967295)) % divisor;
end`,
  ),
].join('\n\n');
