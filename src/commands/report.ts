import { basename, dirname, join } from 'node:path';
import { otherContent, otherDocument } from './report-other.ts';
import { csvReport } from '../report/csv.ts';
import { htmlReport } from '../report/html.ts';
import { markdownReport } from '../report/markdown.ts';
import { formatRunResult, parseRunResult } from '../result/parse.ts';
import type { RunResult } from '../result/types.ts';

/** Formats of `shardlab report --format`, the default first. */
export const reportFormats = ['html', 'md', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

const writers: Readonly<Record<ReportFormat, (result: RunResult) => string | Promise<string>>> = {
  html: htmlReport,
  md: markdownReport,
  csv: csvReport,
  json: formatRunResult,
};

/**
 * Draws a stored result, or a document of `grow` or `bench`, again. The report stands beside it:
 * `report.html` for `result.json`, `growth.json` and `bench.json`, `<name>.report.html` for any other name, so that the result is
 * never written over.
 *
 * @throws UserError (exit code 2) for a text that is neither, and for a format that there is not
 */
export async function report(
  resultText: string,
  resultPath: string,
  options: { readonly format: ReportFormat },
): Promise<{ path: string; content: string }[]> {
  const other = otherDocument(resultText);
  const content =
    other !== null
      ? await otherContent(other, resultText, resultPath, options.format)
      : await writers[options.format](parseRunResult(resultText, resultPath));
  const stem = basename(resultPath).replace(/\.json$/, '');
  const file = ['result', 'growth', 'bench'].includes(stem) ? 'report' : `${stem}.report`;
  return [{ path: join(dirname(resultPath), `${file}.${options.format}`), content }];
}
