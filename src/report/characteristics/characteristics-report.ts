import type { CharacteristicsDocument } from '../../result/characteristics-document.ts';
import { bytes, counted, integer, rate } from '../../wording/format.ts';
import type { ReportDocument } from '../document.ts';
import { documentHtml } from '../html.ts';
import { documentMarkdown } from '../markdown.ts';
import { name } from '../text.ts';
import { candidateSections } from './sections/candidate.ts';
import { candidatesSection } from './sections/candidates.ts';
import { healthSection } from './sections/health.ts';
import { methodSection } from './sections/method.ts';
import { queriesSection } from './sections/queries.ts';
import { tablesSection } from './sections/tables.ts';

/** The candidates side by side, then each by itself, then what all of it rests on. */
export function characteristicsReport(document: CharacteristicsDocument): ReportDocument {
  const { tables, queries, startedAt, candidates } = document;
  const stored = tables.reduce(
    (sum, { bytes: { heap, indexes, toast } }) => sum + heap + indexes + toast,
    0,
  );
  const rows = tables.reduce((sum, table) => sum + (table.rows ?? 0), 0);
  return {
    title: `The workload of ${name(document.name)}`,
    subtitle: `${counted(candidates.length, 'candidate')} for the shard key`,
    facts: [
      { term: 'Tables', text: integer(tables.length) },
      { term: 'Rows', text: integer(rows) },
      { term: 'Stored', text: bytes(stored) },
      {
        term: 'Queries',
        text:
          queries === null
            ? 'none seen'
            : queries.perSecond === null
              ? counted(queries.calls, 'call')
              : `${rate(queries.perSecond)}/s`,
      },
      { term: 'Date', text: startedAt.slice(0, 10) },
    ],
    sections: [
      candidatesSection(document),
      ...candidateSections(document),
      healthSection(document),
      queriesSection(document),
      tablesSection(document),
      methodSection(document),
    ],
  };
}

/** One HTML text that needs nothing else. Same document, same bytes. */
export function characteristicsHtml(document: CharacteristicsDocument): Promise<string> {
  return documentHtml(characteristicsReport(document), document.shardlab);
}

export function characteristicsMarkdown(document: CharacteristicsDocument): string {
  return documentMarkdown(characteristicsReport(document));
}
