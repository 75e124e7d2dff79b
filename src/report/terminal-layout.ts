import type { Tone } from './document.ts';
import { clipped, columnsOf } from './text.ts';

export interface TerminalOptions {
  /** Columns of the terminal; fewer than 80 are taken as 80. */
  readonly width: number;
  readonly colour: boolean;
}

export interface Entry {
  readonly text: string;
  readonly tone: Tone;
}

export interface Head {
  readonly text: string;
  readonly number: boolean;
}

/** Numbers to the right, the first column cut as far as the width demands. */
export function layout(
  heads: readonly Head[],
  rows: readonly Entry[][],
  options: TerminalOptions,
): string {
  if (rows.length === 0) return '';
  const widths = heads.map((head, index) =>
    Math.max(columnsOf(head.text), ...rows.map((row) => columnsOf(row[index]?.text ?? ''))),
  );
  const others = widths.slice(1).reduce((sum, width) => sum + width + 1, 0);
  widths[0] = Math.min(widths[0] ?? 0, Math.max(8, options.width - others));
  const line = (entries: readonly Entry[]) =>
    heads
      .map((head, index) =>
        aligned(entries[index], widths[index] ?? 0, head.number, options.colour),
      )
      .join(' ')
      .trimEnd();
  const title = line(heads.map((head) => ({ text: head.text, tone: 'plain' })));
  const heading = options.colour ? `\u001b[1m${title}\u001b[22m` : title;
  return [heading, ...rows.map(line)].join('\n');
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
