import type { GrowthDocument } from '../../result/growth-document.ts';
import type { ReportDocument } from '../document.ts';
import { documentHtml } from '../html.ts';
import { documentMarkdown } from '../markdown.ts';
import { bytes, integer, percent, rate, counted } from '../../wording/format.ts';
import { name, sentence } from '../text.ts';
import { assumptionsSection, limitsSection } from './sections/basis.ts';
import { candidatesSection } from './sections/candidates.ts';
import { capacitySection, monthsSection } from './sections/capacity.ts';
import { costSection } from './sections/cost.ts';
import { movementSection } from './sections/movement.ts';
import { movesSection } from './sections/moves.ts';
import { summarySection } from './sections/summary.ts';

/** The capacity report: one page for a lead, then the detail. */
export function growthReport(document: GrowthDocument): ReportDocument {
  const { now } = document;
  return {
    title: `Growing ${name(document.name)}`,
    subtitle: sentence(document.description),
    facts: [
      { term: 'Now', text: counted(now.shardCount, 'shard') },
      { term: 'Load', text: `${rate(now.qps)}/s, ${percent(now.writeFraction)} writes` },
      { term: 'Stored', text: bytes(now.bytes) },
      { term: 'Tenants', text: integer(now.tenants) },
      { term: 'Date', text: document.startedAt.slice(0, 10) },
      { term: 'Seed', text: String(document.seed) },
    ],
    sections: [
      summarySection(document),
      movementSection(document),
      movesSection(document),
      capacitySection(document),
      monthsSection(document),
      costSection(document),
      candidatesSection(document),
      assumptionsSection(document),
      limitsSection(document),
    ],
  };
}

/** One HTML text that needs nothing else. Same document, same bytes. */
export function growthHtml(document: GrowthDocument): Promise<string> {
  return documentHtml(growthReport(document), document.shardlab);
}

export function growthMarkdown(document: GrowthDocument): string {
  return documentMarkdown(growthReport(document));
}
