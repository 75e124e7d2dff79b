import type { AdviceDocument } from '../../result/advice-document.ts';
import { bytes, integer, percent, rate } from '../../wording/format.ts';
import type { ReportDocument } from '../document.ts';
import { documentHtml } from '../html.ts';
import { documentMarkdown } from '../markdown.ts';
import { name, sentence } from '../text.ts';
import { keyRouterCharts } from './charts/key-router.ts';
import { loadByShardCharts } from './charts/load-by-shard.ts';
import { paretoCharts } from './charts/pareto-front.ts';
import { answerSection } from './sections/answer.ts';
import { basisSection, methodSection } from './sections/basis.ts';
import { candidatesSection } from './sections/candidates.ts';
import { firmnessSection } from './sections/firmness.ts';
import { hotTenantsSection } from './sections/hot-tenants.ts';
import { instanceSection } from './sections/instance.ts';
import { measuredSection } from './sections/measured.ts';
import { nextSection } from './sections/next.ts';
import { timeSection } from './sections/time.ts';

/** The answer on one page, then what it was chosen from, and what to do with it. */
export function adviceReport(document: AdviceDocument): ReportDocument {
  const { now } = document;
  return {
    title: `Advice for ${name(document.name)}`,
    subtitle: sentence(document.description),
    facts: [
      { term: 'Load', text: `${rate(now.qps)}/s, ${percent(now.writeFraction)} writes` },
      { term: 'Stored', text: bytes(now.bytes) },
      { term: 'Tenants', text: integer(now.tenants) },
      { term: 'Candidates', text: integer(document.candidates.length) },
      { term: 'Date', text: document.startedAt.slice(0, 10) },
      { term: 'Seed', text: String(document.seed) },
    ],
    sections: [
      answerSection(document),
      {
        id: 'choice',
        title: 'What it was chosen from',
        startsPage: true,
        blocks: [
          { kind: 'charts', group: keyRouterCharts(document) },
          { kind: 'charts', group: paretoCharts(document) },
          ...(document.loadByShard.length === 0
            ? []
            : [{ kind: 'charts' as const, group: loadByShardCharts(document) }]),
        ],
      },
      candidatesSection(document),
      ...hotTenantsSection(document),
      ...measuredSection(document),
      firmnessSection(document),
      ...timeSection(document),
      instanceSection(document),
      nextSection(document),
      basisSection(document),
      methodSection(document),
    ],
  };
}

/** One HTML text that needs nothing else. Same document, same bytes. */
export function adviceHtml(document: AdviceDocument): Promise<string> {
  return documentHtml(adviceReport(document), document.shardlab);
}

export function adviceMarkdown(document: AdviceDocument): string {
  return documentMarkdown(adviceReport(document));
}
