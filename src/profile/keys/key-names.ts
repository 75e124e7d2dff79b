import type { CandidateKey } from '../evidence.ts';
import type { FoundKey } from './found-key.ts';

/** `single` is the baseline's own key. */
const taken = ['single'];

/**
 * Names them: by the columns where all tables (but the one that the values come from) call them the
 * same, else by that table.
 */
export function namedKeys(found: readonly FoundKey[]): CandidateKey[] {
  const names = new Set(taken);
  return found.map((each) => {
    const { columns, root, because } = each;
    const name = nameOf(each);
    const tried = [name, ...(root === null ? [] : [`${singular(root)}_key`])];
    let key = tried.find((one) => !names.has(one));
    for (let number = 2; key === undefined; number += 1) {
      if (!names.has(`${name}_${number}`)) key = `${name}_${number}`;
    }
    names.add(key);
    return { key, columns, root, because };
  });
}

function nameOf({ columns, root, top }: FoundKey): string {
  const others = columns.filter(({ table }) => table !== root);
  const own = columns.find(({ table }) => table === top) ?? columns[0];
  const written = new Set(
    (others.length > 0 ? others : columns).map((each) => each.columns.join('+')),
  );
  const [only = ''] = written;
  // What one other table calls it says more than the table's own name, unless it is long.
  const isShared = written.size === 1 && (others.length > 1 || !only.includes('+'));
  if (isShared && !/^(?:id|uuid)$/.test(only)) return only;
  return singular(root ?? own?.columns.join('+') ?? only);
}

/** As far as plain English goes: users, boxes, countries, addresses. */
export function singular(name: string): string {
  if (name.endsWith('ies') && name.length > 4) return name.replace(/ies$/, 'y');
  if (/(?:ss|x|ch|sh|zz)es$/.test(name)) return name.replace(/es$/, '');
  return /[^s]s$/.test(name) && !/(?:us|is|ews)$/.test(name) ? name.slice(0, -1) : name;
}
