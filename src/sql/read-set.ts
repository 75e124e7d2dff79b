import type { SelectStmt } from 'libpg-query';
import { type Block, type Instance, type OutColumn, type SetBlock, noFeatures } from './blocks.ts';
import type { Building, Place } from './building.ts';
import type { Family } from './families.ts';
import { linksIn } from './expressions.ts';

/** UNION, INTERSECT or EXCEPT. */
export function readSet(
  select: SelectStmt,
  left: SelectStmt,
  right: SelectStmt,
  place: Place,
  building: Building,
): Block {
  const arms = [building.readSelect(left, place), building.readSelect(right, place)] as const;
  // Columns of ORDER BY are those that it gives, so there is nothing to be looked up.
  linksIn([select.limitCount, select.limitOffset], place, building);
  const operation =
    select.op === 'SETOP_INTERSECT'
      ? 'intersect'
      : select.op === 'SETOP_EXCEPT'
        ? 'except'
        : select.all === true
          ? 'union all'
          : 'union';
  const limit = select.limitCount !== undefined;
  const features = { ...noFeatures, limit, offset: select.limitOffset !== undefined };
  return setBlock(operation, arms, features, building);
}

export function setBlock(
  operation: SetBlock['operation'],
  arms: readonly [Block, Block],
  features: SetBlock['features'],
  building: Building,
  self?: Instance,
): SetBlock {
  const [{ outputs: columns, at, open }] = arms;
  const rows = building.instance(null, at, outputFamilies(columns, building));
  const outputs = columns.map(({ name }, index) => ({ name, term: columnNumbered(rows, index) }));
  const block = { kind: 'set', operation, arms, rows, outputs, open, features, at } as const;
  return self === undefined ? block : { ...block, self };
}

const columnNumbered = ({ id }: Instance, index: number) =>
  ({ kind: 'column', instance: id, column: String(index) }) as const;

export function outputFamilies(
  outputs: readonly OutColumn[],
  building: Building,
): ReadonlyMap<string, Family | undefined> {
  return new Map(
    outputs.map(({ term }, index) => [
      String(index),
      term === null ? undefined : building.familyOf(term),
    ]),
  );
}
