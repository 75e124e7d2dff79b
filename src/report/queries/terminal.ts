import type { QueriesDocument, QueryStatement } from '../../result/queries-document.ts';
import { integer } from '../../wording/format.ts';
import { number, plain, words } from '../terminal-entries.ts';
import { folded, layout, sentenceWidth, type TerminalOptions } from '../terminal-layout.ts';
import { clipped, sentence } from '../text.ts';
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

/** Statements and remarks that are shown of each kind; the document has all. */
const shown = 40;

/** The fates, what fails with its place and reason, and the verdict last. */
export function queriesTable(document: QueriesDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const heads = [words('fate'), number('statements')];
  const rows = fateCounts(document).map(([fate, count]) => [plain(fate), plain(integer(count))]);
  const counts = countsText(document);
  const parts = [
    folded(aboutText(document), width).join('\n'),
    layout(heads, rows, options),
    counts === '' ? '' : folded(counts, width).join('\n'),
    shortened(failedOf(document).map((each) => statementLines(each, document, width))),
    shortened(unknownOf(document).map((each) => unknownLines(each, document, width))),
    shortened(remarkLines(document, width)),
    verdict(document, { ...options, width }),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function shortened(paragraphs: readonly string[]): string {
  const more = paragraphs.length - shown;
  const rest = more > 0 ? [`and ${more} more; --json prints all of them`] : [];
  return [...paragraphs.slice(0, shown), ...rest].join('\n');
}

function statementLines(
  statement: QueryStatement,
  document: QueriesDocument,
  width: number,
): string {
  const place = placeText(statement, kindsOf(document).get(statement.file) ?? 'sql');
  const calls = statement.calls > 1 ? ` (${integer(statement.calls)} calls)` : '';
  const { reason, sql } = statement;
  return [
    ...folded(`${place}: ${statementWords(statement)}${calls}`, width),
    `  ${clipped(sentence(sql), width - 2)}`,
    ...indented(reason === null ? '' : sentence(reason.text), width),
  ].join('\n');
}

/** All lines two columns further in. */
const indented = (text: string, width: number): readonly string[] =>
  text === '' ? [] : folded(text, width - 2).map((line) => `  ${line.trimStart()}`);

function unknownLines(statement: QueryStatement, document: QueriesDocument, width: number): string {
  const place = placeText(statement, kindsOf(document).get(statement.file) ?? 'sql');
  return folded(`${place}: ${sentence(statement.reason?.text ?? '')}`, width).join('\n');
}

function remarkLines({ remarks }: QueriesDocument, width: number): readonly string[] {
  return remarks.map((remark) => {
    const place = remarkPlace(remark);
    const { severity, text } = remark.finding;
    const said = severity === 'info' ? sentence(text) : `${severity}: ${sentence(text)}`;
    return folded(place === null ? said : `${place}: ${said}`, width).join('\n');
  });
}

function verdict({ verdict: { status, reasons } }: QueriesDocument, options: TerminalOptions) {
  const word = verdictWords[status];
  const text = reasons.map((reason) => sentence(reason.text)).join(' ');
  const all = folded(`${word}: ${text}`, options.width).join('\n');
  if (!options.colour) return all;
  const colour = status === 'passed' ? 32 : 31;
  return `\u001b[${colour}m${word}\u001b[39m${all.slice(word.length)}`;
}
