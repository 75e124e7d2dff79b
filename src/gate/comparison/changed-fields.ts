import type { ChangedField } from '../../result/comparison-document.ts';

type Json = NonNullable<ChangedField['a']> | null;
type Change = Omit<ChangedField, 'decisive'>;

/** Lists whose members have names are compared by them, so that their order does not count. */
const nameFields = ['name', 'operation', 'strategy', 'table', 'column'];

/**
 * Where two JSON values differ, as JSON pointers with both values. A list whose members all have a
 * name of their own is compared member by name (the pointer has the place in the first value, or
 * that in the second where the first has no such member); any other by position, and a list of
 * plain values as one value.
 */
export function changedFields(a: Json | undefined, b: Json | undefined, place = ''): Change[] {
  if (same(a, b)) return [];
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
    return keys.flatMap((key) => changedFields(a[key], b[key], `${place}/${escaped(key)}`));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const lists = changedMembers(a, b, place);
    if (lists !== null) return lists;
  }
  return [{ place, ...(a !== undefined && { a }), ...(b !== undefined && { b }) }];
}

function changedMembers(a: readonly Json[], b: readonly Json[], place: string): Change[] | null {
  const all = [...a, ...b];
  if (!all.every(isRecord)) return null;
  const field = nameFields.find((name) => hasOwnNames(a, name) && hasOwnNames(b, name));
  if (field === undefined) {
    const longest = Math.max(a.length, b.length);
    const places = Array.from({ length: longest }, (_, index) => index);
    return places.flatMap((index) => changedFields(a[index], b[index], `${place}/${index}`));
  }
  const names = [...new Set(all.map((member) => member[field]))];
  return names.flatMap((name) => {
    const at = (list: readonly Json[]): number =>
      list.findIndex((member) => isRecord(member) && member[field] === name);
    const [inA, inB] = [at(a), at(b)];
    return changedFields(a[inA], b[inB], `${place}/${inA >= 0 ? inA : inB}`);
  });
}

function hasOwnNames(list: readonly Json[], field: string): boolean {
  const names = list.map((member) => (isRecord(member) ? member[field] : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}

/** RFC 6901. */
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal in all parts, in whatever order keys are. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((member, index) => same(member, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
    );
  }
  return a === b;
}
