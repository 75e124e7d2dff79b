import type { CapacityDocument } from '../../result/capacity-document.ts';
import { counted } from '../../wording/format.ts';
import type { ReportDocument } from '../document.ts';
import { documentHtml } from '../html.ts';
import { documentMarkdown } from '../markdown.ts';
import { name } from '../text.ts';
import { kneeCharts } from './charts/knee.ts';
import { shardKneeCharts } from './charts/shard-knee.ts';
import { answerSection, methodSection, stepsSection } from './sections.ts';

/** The answers, the knees, then every window, and how they were searched. */
export function capacityReport(document: CapacityDocument): ReportDocument {
  const { environment, objective, seed, source, startedAt, strategies } = document;
  const count = strategies.length === 1 ? '1 strategy' : `${strategies.length} strategies`;
  return {
    title: `The capacity of ${name(document.name)}`,
    subtitle:
      `${source === 'simulated' ? 'Simulated: t' : 'T'}he largest rate of ` +
      `${count} with ${objective.expressions.join(' and ')}`,
    facts: [
      { term: 'Date', text: startedAt.slice(0, 10) },
      { term: 'Fleet', text: environment.fleet },
      { term: 'Postgres', text: environment.postgres },
      {
        term: 'Processor',
        text: `${name(environment.cpu)}, ${counted(environment.cores, 'core')}`,
      },
      { term: 'Seed', text: String(seed) },
    ],
    sections: [
      answerSection(document),
      {
        id: 'knee',
        title: 'Where response times leave the ground',
        startsPage: true,
        blocks: [
          { kind: 'charts', group: kneeCharts(document) },
          { kind: 'charts', group: shardKneeCharts(document) },
        ],
      },
      stepsSection(document),
      methodSection(document),
    ],
  };
}

/** One HTML text that needs nothing else. Same document, same bytes. */
export function capacityHtml(document: CapacityDocument): Promise<string> {
  return documentHtml(capacityReport(document), document.environment.shardlab);
}

export function capacityMarkdown(document: CapacityDocument): string {
  return documentMarkdown(capacityReport(document));
}
