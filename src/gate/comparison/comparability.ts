import { type Fact, fact } from '../../result/finding.ts';
import type { Cell } from '../../result/types.ts';
import { machineFields } from './setting-differences.ts';
import { isUsable, type MatchedCell, type Pair } from './sides.ts';
import type { ComparisonDesign } from '../../result/comparison-document.ts';

/** Why no latency of the two sides can be compared, whatever the strategy; null: they can. */
export function incomparableSides({ a, b }: Pair): Fact | null {
  const all = [a, b].flatMap(({ runs }) => runs.map(({ result }) => result));
  if (new Set(all.map(({ source }) => source)).size > 1) return fact('measured-and-simulated');
  const differing = machineFields.filter(
    (field) => new Set(all.map(({ environment }) => environment[field])).size > 1,
  );
  return differing.length > 0 ? fact('two-machines', { names: { fields: differing } }) : null;
}

/** The cells that count: in pairs where the runs alternate, then both of a pair must be usable. */
export function usableCells(
  { a, b }: MatchedCell,
  design: ComparisonDesign,
): { readonly a: readonly Cell[]; readonly b: readonly Cell[] } {
  if (design !== 'alternating') return { a: a.filter(isUsable), b: b.filter(isUsable) };
  const kept = a.map((cell, index) => isUsable(cell) && isUsable(b[index] ?? null));
  const of = (cells: MatchedCell['a']): readonly Cell[] =>
    cells.filter((_, index) => kept[index] === true).filter(isUsable);
  return { a: of(a), b: of(b) };
}

/** Why the latencies of a strategy cannot be compared; null: each side has several runs. */
export function incomparableCells(
  { a, b }: { readonly a: readonly Cell[]; readonly b: readonly Cell[] },
  measured: MatchedCell,
): Fact | null {
  const [usable, all] = [
    Math.min(a.length, b.length),
    Math.min(measured.a.length, measured.b.length),
  ];
  if (usable >= 2) return null;
  if (usable === all) return fact('one-run-a-side');
  const doubtful = [...measured.a, ...measured.b].filter((cell) => !isUsable(cell));
  const verdicts = [...new Set(doubtful.map(wordOf))];
  return fact('too-few-valid-runs', { numbers: { valid: usable }, names: { verdicts } });
}

function wordOf(cell: Cell | null): string {
  if (cell === null) return 'not measured';
  return cell.status === 'ok' ? (cell.verdict?.status ?? 'no verdict') : cell.status;
}
