/** What stands on the first lines of a page that nobody should edit by hand. */
export const madeByDocs = '<!-- Made from the code by `npm run docs`. Do not edit it by hand. -->';

/** A table with one line for each row; a pipe within a cell does not end its column. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text as code, or nothing where there is none. */
export const asCode = (text: string): string => (text === '' ? '' : `\`${text}\``);

/** What a terminal shows, as it is. */
export const asText = (lines: string): string => `\`\`\`text\n${lines.trim()}\n\`\`\``;

/** Blocks of a page with one empty line between them. */
export const page = (blocks: readonly string[]): string => `${blocks.join('\n\n')}\n`;

/** The text with what stands between the two marker lines of that name replaced. */
export function withPart(text: string, name: string, part: string): string {
  const begin = `<!-- ${name}: made by npm run docs -->`;
  const end = `<!-- end of ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the text lacks "${begin}" or "${end}" after it`);
  return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`;
}
