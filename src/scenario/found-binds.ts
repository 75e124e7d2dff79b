import type { Path, Problems } from './problem.ts';
import type { Binding, Column } from './types.ts';
import type { FixedColumn } from './vocabulary.ts';

/** Columns that may be a shard key and that SQL fixes by their own parameters. */
export function foundBinds(fixed: readonly FixedColumn[], columns: readonly Column[]): Binding[] {
  return columns.filter(isKeyable).flatMap(({ name }) =>
    [false, true].flatMap((other): Binding[] => {
      const isFixed = isFixedBy(fixed, name, nameOf(name, other));
      return isFixed ? [{ column: name, by: 'value', count: 1, other }] : [];
    }),
  );
}

const isKeyable = ({ generator: { kind } }: Column): boolean =>
  kind === 'tenant' || kind === 'user' || kind === 'id' || kind === 'choice';

const nameOf = (column: string, other: boolean): string => (other ? `other.${column}` : column);

const isFixedBy = (fixed: readonly FixedColumn[], column: string, parameter: string): boolean =>
  fixed.some((each) => each.column === column && each.parameter === parameter);

/** A list of binds says no more than what the grammar finds; what it leaves out is left out. */
export function checkFound(
  binds: readonly Binding[],
  fixed: readonly FixedColumn[],
  path: Path,
  problems: Problems,
): void {
  for (const [index, { column, by, other }] of binds.entries()) {
    const name = nameOf(column, other);
    const endings = { value: [''], list: ['_list'], range: ['_from', '_to'] }[by];
    if (endings.every((ending) => isFixedBy(fixed, column, name + ending))) continue;
    const parameters = endings.map((ending) => `:${name}${ending}`).join(' and ');
    problems.add(
      [...path, index],
      `binds ${name}, but the sql does not fix it: rows with another ${column} than ` +
        `${parameters} count as well`,
    );
  }
}
