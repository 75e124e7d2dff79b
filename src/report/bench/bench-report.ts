import type { BenchDocument } from '../../result/bench-document.ts';
import type { ReportDocument } from '../document.ts';
import { documentHtml } from '../html.ts';
import { documentMarkdown } from '../markdown.ts';
import { integer, counted } from '../../wording/format.ts';
import { name } from '../text.ts';
import { costByShardsCharts } from './charts/cost-by-shards.ts';
import { overviewChart } from './charts/overview.ts';
import { routersOf } from './rows.ts';
import { methodSection } from './sections/method.ts';
import { buildSection, lookupSection } from './sections/tables.ts';

/**
 * What the hot path of each router costs: charts, then all numbers, then how they were measured.
 */
export function benchReport(document: BenchDocument): ReportDocument {
  const { machine, shardCounts, startedAt, seed, interrupted } = document;
  const routers = routersOf(document);
  return {
    title: 'The cost of a look-up',
    subtitle:
      `${counted(routers.length, 'router')} on ${shardCounts.map(integer).join(', ')} shards` +
      (interrupted ? '; the measurement was stopped before all were measured' : ''),
    facts: [
      { term: 'Date', text: startedAt.slice(0, 10) },
      { term: 'Processor', text: `${name(machine.cpu)}, ${counted(machine.cores, 'core')}` },
      { term: 'Node', text: name(machine.node) },
      { term: 'Seed', text: String(seed) },
    ],
    sections: [
      {
        id: 'cost',
        title: 'Cost by number of shards',
        blocks: [
          { kind: 'charts', group: overviewChart(document) },
          { kind: 'charts', group: costByShardsCharts(document) },
        ],
      },
      lookupSection(document),
      buildSection(document),
      methodSection(document),
    ],
  };
}

/** One HTML text that needs nothing else. Same document, same bytes. */
export function benchHtml(document: BenchDocument): Promise<string> {
  return documentHtml(benchReport(document), document.shardlab);
}

export function benchMarkdown(document: BenchDocument): string {
  return documentMarkdown(benchReport(document));
}
