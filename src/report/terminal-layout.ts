import type { Tone } from './document.ts';
import { clipped, columnsOf } from './text.ts';

export interface TerminalOptions {
  /** Columns of the terminal; Infinity draws the widest view. */
  readonly width: number;
  readonly colour: boolean;
}

/** In less than this no table says anything. */
const narrowest = 40;

export const widthOf = ({ width }: TerminalOptions): number => Math.max(narrowest, width);

/** Sentences stay readable in the widest view too. */
const longestLine = 120;

export const sentenceWidth = (options: TerminalOptions): number =>
  Math.min(longestLine, widthOf(options));

export interface Entry {
  readonly text: string;
  readonly tone: Tone;
}

export interface Head {
  readonly text: string;
  readonly number: boolean;
  /** Columns go in this order, the largest first, where the terminal is too narrow; 0 stays. */
  readonly drop?: number;
}

/** A table that fits its width: its lines, the heads first, and the columns that had no room. */
export interface LaidOut {
  readonly lines: readonly string[];
  readonly leftOut: readonly string[];
}

/** The table with a line about the columns that had no room. */
export function layout(
  heads: readonly Head[],
  rows: readonly Entry[][],
  options: TerminalOptions,
): string {
  const { lines, leftOut } = laidOut(heads, rows, options);
  return [...lines, ...leftOutLines([leftOut], options)].join('\n');
}

/** What several tables left out, in one sentence; none where all had room. */
export function leftOutLines(
  leftOut: readonly (readonly string[])[],
  options: TerminalOptions,
): readonly string[] {
  const all = [...new Set(leftOut.flat())];
  if (all.length === 0) return [];
  const noun = all.length === 1 ? 'column' : 'columns';
  const text = `${all.length} ${noun} had no room (--wide shows all): ${all.join(', ')}`;
  return folded(text, sentenceWidth(options));
}

/** Numbers to the right; columns that have no room go, then the first one is cut. */
export function laidOut(
  heads: readonly Head[],
  rows: readonly Entry[][],
  options: TerminalOptions,
): LaidOut {
  if (rows.length === 0) return { lines: [], leftOut: [] };
  const width = widthOf(options);
  const widths = heads.map((head, index) =>
    Math.max(columnsOf(head.text), ...rows.map((row) => columnsOf(row[index]?.text ?? ''))),
  );
  const chosen = chosenColumns(heads, widths, width);
  const others = chosen.slice(1).reduce((sum, index) => sum + (widths[index] ?? 0) + 1, 0);
  const first = Math.min(widths[0] ?? 0, Math.max(shortestFirst, width - others));
  const line = (entries: readonly Entry[]) =>
    chosen
      .map((index) => {
        const room = index === 0 ? first : (widths[index] ?? 0);
        return aligned(entries[index], room, heads[index]?.number === true, options.colour);
      })
      .join(' ')
      .trimEnd();
  const title = line(heads.map((head) => ({ text: head.text, tone: 'plain' })));
  const heading = options.colour ? `\u001b[1m${title}\u001b[22m` : title;
  return {
    lines: [heading, ...rows.map(line)],
    leftOut: heads.filter((_, index) => !chosen.includes(index)).map(({ text }) => text),
  };
}

/** Room that the first column, a name, has at least, and beyond which it makes no other go. */
const shortestFirst = 8;
const firstWorthKeeping = 0.34;

/** Indexes of the columns that fit, in their order. */
function chosenColumns(
  heads: readonly Head[],
  widths: readonly number[],
  width: number,
): readonly number[] {
  const wanted = widths.map((own, index) =>
    index === 0
      ? Math.min(own, Math.max(shortestFirst, Math.floor(width * firstWorthKeeping)))
      : own,
  );
  let chosen = heads.map((_, index) => index);
  const total = () => chosen.reduce((sum, index) => sum + (wanted[index] ?? 0) + 1, -1);
  while (total() > width) {
    const order = (index: number) => heads[index]?.drop ?? 0;
    const next = chosen.reduce((most, index) => (order(index) > order(most) ? index : most), 0);
    if (order(next) === 0) break;
    chosen = chosen.filter((index) => index !== next);
  }
  return chosen;
}

const colours: Readonly<Record<Tone, string | null>> = {
  good: '32',
  doubtful: '33',
  bad: '31',
  plain: null,
};

function aligned(entry: Entry | undefined, width: number, right: boolean, colour: boolean): string {
  const shown = clipped(entry?.text ?? '', width);
  const space = ' '.repeat(Math.max(0, width - columnsOf(shown)));
  const code = colours[entry?.tone ?? 'plain'];
  const painted = colour && code !== null ? `\u001b[${code}m${shown}\u001b[39m` : shown;
  return right ? space + painted : painted + space;
}

/** The paragraph in lines of at most `width` columns, all but the first indented. */
export function folded(paragraph: string, width: number): string[] {
  const result: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ').flatMap((one) => pieces(one, width - 2))) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      result.push(line);
      line = '  ';
    }
    line += line === '' || line === '  ' ? word : ` ${word}`;
  }
  return [...result, line];
}

/** A word longer than a line, in parts that fit (a wide character takes two columns). */
function pieces(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word];
  const characters = Array.from(word);
  const step = Math.floor(width / 2);
  return Array.from({ length: Math.ceil(characters.length / step) }, (_, index) =>
    characters.slice(index * step, (index + 1) * step).join(''),
  );
}
