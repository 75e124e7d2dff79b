import { basename, dirname, join } from 'node:path';
import { documentNames, otherDocument, type ReportFormat } from './report-other.ts';
import { csvReport } from '../report/csv.ts';
import { htmlReport } from '../report/html.ts';
import { markdownReport } from '../report/markdown.ts';
import { formatRunResult, parseRunResult } from '../result/parse.ts';
import type { RunResult } from '../result/types.ts';

const writers: Readonly<Record<ReportFormat, (result: RunResult) => string | Promise<string>>> = {
  html: htmlReport,
  md: markdownReport,
  csv: csvReport,
  json: formatRunResult,
};

/**
 * Draws a stored result, or a document of `grow` or `bench`, again. The report stands beside it:
 * `report.html` for `result.json`, `growth.json` and `bench.json`, `<name>.report.html` for any
 * other name, so that the result is never written over.
 *
 * @throws UserError (exit code 2) for a text that is neither
 */
export async function report(
  resultText: string,
  resultPath: string,
  options: { readonly format: ReportFormat },
): Promise<{ path: string; content: string }[]> {
  const other = otherDocument(resultText);
  const content =
    other !== null
      ? await other.writers[options.format](resultText, resultPath)
      : await writers[options.format](parseRunResult(resultText, resultPath));
  const stem = basename(resultPath).replace(/\.json$/, '');
  const file = documentNames.includes(stem) ? 'report' : `${stem}.report`;
  return [{ path: join(dirname(resultPath), `${file}.${options.format}`), content }];
}
