import type { Column, Table, Value } from '../document.ts';
import { breakable, escaped, isolated } from './markup.ts';

/** A table that scrolls within its own frame; the first column holds the heads of the rows. */
export function tableHtml(table: Table): string {
  const rows = table.rows.map((row) => rowHtml(row, table.columns)).join('\n');
  const caption = escaped(table.caption);
  const note = table.note === null ? '' : `<p class="note">${isolated(table.note)}</p>`;
  return `<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead>${headHtml(table.columns)}</thead>
<tbody>
${rows}
</tbody></table></div>${note}`;
}

function headHtml(columns: readonly Column[]): string {
  const grouped = columns.some((column) => column.group !== '');
  if (!grouped) {
    return `<tr>${columns.map((column) => columnHtml(column, 1)).join('')}</tr>`;
  }
  const upper: string[] = [];
  const lower: string[] = [];
  columns.forEach((column, index) => {
    const starts = startsGroup(columns, index);
    if (column.group === '') {
      upper.push(columnHtml(column, 2, starts));
      return;
    }
    if (starts) {
      const rest = columns.slice(index).findIndex((other) => other.group !== column.group);
      const span = rest === -1 ? columns.length - index : rest;
      upper.push(
        `<th scope="colgroup" colspan="${span}" class="group">${escaped(column.group)}</th>`,
      );
    }
    lower.push(columnHtml(column, 1, starts));
  });
  return `<tr>${upper.join('')}</tr>\n<tr>${lower.join('')}</tr>`;
}

/** A line on its left parts a column from those before that stand under another heading. */
function startsGroup(columns: readonly Column[], index: number): boolean {
  return index > 0 && columns[index - 1]?.group !== columns[index]?.group;
}

function columnHtml(column: Column, rows: number, starts = false): string {
  const span = rows > 1 ? ` rowspan="${rows}"` : '';
  const title = column.meaning === null ? '' : ` title="${escaped(column.meaning)}"`;
  const classes = classesOf([column.align === 'number' && 'number', starts && 'starts']);
  const head = column.named
    ? `<div class="clip">${breakable(column.head)}</div>`
    : escaped(column.head);
  return `<th scope="col"${span}${title}${classes}>${head}</th>`;
}

function rowHtml(row: readonly Value[], columns: readonly Column[]): string {
  const [head, ...cells] = row;
  const first = head?.first === true;
  const repeats = first ? '' : ' class="repeats"';
  const text = head === undefined ? '' : first ? breakable(head.text) : escaped(head.text);
  const name = head === undefined ? '' : `<div class="clip">${text}</div>`;
  const values = cells.map((value, index) => {
    return cellHtml(value, columns[index + 1]?.align === 'number', startsGroup(columns, index + 1));
  });
  const start = first ? '<tr class="first">' : '<tr>';
  return `${start}<th scope="row"${repeats}>${name}</th>${values.join('')}</tr>`;
}

function cellHtml(value: Value, number: boolean, starts: boolean): string {
  const classes = classesOf([number && 'number', starts && 'starts']);
  return `<td${classes}>${valueHtml(value, number)}</td>`;
}

function valueHtml(value: Value, number: boolean): string {
  if (value.tone !== 'plain') return badgeHtml(value.text, value.tone);
  if (value.bar !== null) {
    const width = (value.bar * 100).toFixed(1);
    const bar = `<span class="bar" aria-hidden="true"><i style="width:${width}%"></i></span>`;
    return `<span class="share">${bar}<span>${escaped(value.text)}</span></span>`;
  }
  if (value.why !== null) {
    const why = escaped(value.why);
    const aloud = `<span class="aloud"> (${why})</span>`;
    return `<span class="why" title="${why}">${escaped(value.text)}${aloud}</span>`;
  }
  return number ? escaped(value.text) : `<div class="clip">${isolated(value.text)}</div>`;
}

const marks: Readonly<Record<string, string>> = { good: '✓', doubtful: '!', bad: '✗' };

/** A word with a mark, so that the colour alone carries nothing. */
export function badgeHtml(word: string, tone: string): string {
  const mark = marks[tone] ?? '·';
  const sign = `<span aria-hidden="true">${mark}</span>`;
  return `<span class="badge ${tone}">${sign} ${escaped(word)}</span>`;
}

function classesOf(names: readonly (string | false)[]): string {
  const present = names.filter((one) => one !== false);
  return present.length === 0 ? '' : ` class="${present.join(' ')}"`;
}
