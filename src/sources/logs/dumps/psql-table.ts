import type { UnparsedCounts } from '../unparsed-counts.ts';
import { columnName } from './dump-form.ts';
import { type DumpReader, rowOf, type RowSink } from './dump-rows.ts';

/**
 * What psql prints on a terminal: columns stand below each other, and a text with line feeds goes
 * on in the next line, with a `+` at the end of each line but the last.
 */
export function psqlTable(sink: RowSink, unparsed: UnparsedCounts): DumpReader {
  let names: string[] | null = null;
  let bounds: readonly [number, number][] | null = null;
  let open: { cells: string[]; line: number } | null = null;
  return {
    line(text, number) {
      if (names === null) {
        if (text.trim() !== '') names = text.split('|').map(columnName);
        return;
      }
      if (bounds === null) {
        bounds = boundsOf(text);
        return;
      }
      if (open === null && (text.trim() === '' || /^\(\d+ rows?\)$/.test(text))) return;
      const cells = cellsOf(text, bounds);
      if (cells === null) {
        // Characters that take two columns shift what follows.
        unparsed.add('a row of the table of psql that is not in its columns', open?.line ?? number);
        open = null;
        return;
      }
      const continued: boolean = cells.some(({ more }) => more);
      const above = open?.cells;
      const joined: string[] = cells.map(({ value }, index) =>
        above === undefined ? value : `${above[index]}${value === '' ? '' : `\n${value}`}`,
      );
      open = { cells: joined, line: open?.line ?? number };
      if (continued) return;
      const fields = open.cells.map((cell) => (cell === '' ? null : cell));
      sink(rowOf(names, fields), open.line);
      open = null;
    },
    end() {
      if (open !== null) unparsed.add('a row of the dump that is cut', open.line);
    },
  };
}

/** Of `----+-----`: from where to where each column goes. */
function boundsOf(rule: string): readonly [number, number][] {
  let from = 0;
  return rule.split('+').map((dashes) => {
    const bounds: [number, number] = [from, from + dashes.length];
    from += dashes.length + 1;
    return bounds;
  });
}

function cellsOf(
  text: string,
  bounds: readonly [number, number][],
): { readonly value: string; readonly more: boolean }[] | null {
  const isInColumns = bounds.every(([from]) => from === 0 || text.charAt(from - 1) === '|');
  if (!isInColumns) return null;
  return bounds.map(([from, to], index) => {
    const isLast = index === bounds.length - 1;
    const cell = isLast ? text.slice(from) : text.slice(from, to);
    const more = cell.trimEnd().endsWith('+') && cell.length >= to - from;
    return { value: (more ? cell.trimEnd().slice(0, -1) : cell).slice(1).trim(), more };
  });
}
