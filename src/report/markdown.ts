import type { RunResult } from '../result/types.ts';
import type { Block, ReportDocument, Table, Value } from './document.ts';
import type { ChartGroup } from './charts/chart.ts';
import { runDocument } from './run-document.ts';

/** The report as Markdown with GitHub's tables; charts stand as the sentences they show. */
export function markdownReport(result: RunResult): string {
  return documentMarkdown(runDocument(result));
}

/** Any report as such a text. */
export function documentMarkdown(document: ReportDocument): string {
  const facts = document.facts.map(({ term, text }) => `${inline(term)} **${inline(text)}**`);
  const parts = [
    `# ${inline(document.title)}`,
    inline(document.subtitle),
    facts.join(' · '),
    ...document.sections.flatMap(({ title, blocks }) => [
      `## ${inline(title)}`,
      ...blocks.map(blockMarkdown),
    ]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inline(block.text);
    case 'lead':
      return inline(block.sentences.join(' '));
    case 'heading':
      return `### ${inline(block.text)}`;
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n');
    case 'facts':
      return block.facts
        .map(({ term, text }) => `- **${inline(term)}**: ${inline(text)}`)
        .join('\n');
    case 'verdicts':
      return block.verdicts
        .map(({ strategy, word, sentence, reasons }) => {
          const why = reasons.map((reason) => `\n  - ${inline(reason)}`).join('');
          return `- **${inline(strategy)}** ${inline(word)}. ${inline(sentence)}${why}`;
        })
        .join('\n');
    case 'table':
      return tableMarkdown(block);
    case 'charts':
      return chartsMarkdown(block.group);
    case 'code':
      return fenced(block.text);
    case 'details': {
      const inner = block.blocks.map(blockMarkdown).join('\n\n');
      return `<details>\n<summary>${inline(block.summary)}</summary>\n\n${inner}\n\n</details>`;
    }
  }
}

function tableMarkdown(table: Table): string {
  const heads = table.columns.map(({ group, head }) =>
    inline(group === '' ? head : `${group}: ${head}`),
  );
  const rules = table.columns.map(({ align }) => (align === 'number' ? '---:' : '---'));
  const rows = table.rows.map((values) => row(values.map(valueMarkdown)));
  const note = table.note === null ? '' : `\n\n${inline(table.note)}`;
  return [row(heads), row(rules), ...rows].join('\n') + note;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const valueMarkdown = (value: Value) => inline(value.text);

function chartsMarkdown(group: ChartGroup): string {
  // A chart alone repeats the group's title; its data say more.
  const alone = group.charts.length === 1;
  const items = group.charts.map(
    ({ subject, title, description }) =>
      `- ${inline(subject)}: ${inline(alone ? description : title)}`,
  );
  return [`### ${inline(group.title)}`, items.join('\n')].join('\n\n');
}

/** A fence longer than any run of backticks within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** Text that Markdown takes as text, on one line; `_` within a word is no mark and stays. */
export function inline(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*[\]|~]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll(/[\r\n]+/g, ' ')
    .replace(/^(\s*)([#+-]|\d+[.)])(?=\s|$)/, String.raw`$1\$2`);
}
