import type { QueriesDocument, QueryStatement } from '../../result/queries-document.ts';
import { integer } from '../../wording/format.ts';
import { inline } from '../markdown.ts';
import { name } from '../text.ts';
import {
  aboutText,
  countsText,
  failedOf,
  fateCounts,
  kindsOf,
  placeText,
  remarkPlace,
  statementWords,
  unknownOf,
  verdictWords,
} from './rows.ts';

/** A comment of a pull request has room for 65,536 characters. */
const shown = 60;

/** The check as a summary for a pull request: the verdict first, in GitHub's Markdown. */
export function queriesMarkdown(document: QueriesDocument): string {
  const { verdict, remarks } = document;
  const failed = failedOf(document);
  const unknown = unknownOf(document);
  const counts = countsText(document);
  const parts = [
    `## shardlab check-queries: ${verdictWords[verdict.status]}`,
    verdict.reasons.map(({ text }) => `- ${inline(text)}`).join('\n'),
    failed.length === 0 ? '' : failedTable(failed, document),
    inline(aboutText(document)),
    fates(document),
    counts === '' ? '' : inline(counts),
    list(unknown.map((each) => `${place(each, document)}: ${each.reason?.text ?? ''}`)),
    list(remarks.map((each) => [remarkPlace(each) ?? [], each.finding.text].flat().join(': '))),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const place = (statement: QueryStatement, document: QueriesDocument): string =>
  placeText(statement, kindsOf(document).get(statement.file) ?? 'sql');

function failedTable(failed: readonly QueryStatement[], document: QueriesDocument): string {
  const rows = failed
    .slice(0, shown)
    .map((each) =>
      row([place(each, document), statementWords(each), name(each.reason?.text ?? '')].map(inline)),
    );
  const heads = [row(['statement', 'fate', 'why']), row(['---', '---', '---'])];
  return [...heads, ...rows].join('\n') + more(failed.length);
}

function fates(document: QueriesDocument): string {
  const rows = fateCounts(document).map(([fate, count]) => row([fate, integer(count)]));
  if (rows.length === 0) return '';
  return [row(['fate', 'statements']), row(['---', '---:']), ...rows].join('\n');
}

const list = (texts: readonly string[]): string =>
  texts
    .slice(0, shown)
    .map((text) => `- ${inline(text)}`)
    .join('\n') + more(texts.length);

const more = (count: number): string => (count > shown ? `\n\nAnd ${count - shown} more.` : '');
