import { withCellNames } from '../result/cells.ts';
import type { RunResult } from '../result/types.ts';
import type { ReportDocument } from './document.ts';
import { duration, integer } from '../wording/format.ts';
import { alarmsSection } from './sections/alarms.ts';
import { answerSection } from './sections/answer.ts';
import { byShardSection } from './sections/by-shard.ts';
import { byStrategySection } from './sections/by-strategy.ts';
import { byTenantClassSections } from './sections/by-tenant-class.ts';
import { errorSections } from './sections/errors.ts';
import { fanOutSection } from './sections/fan-out.ts';
import { findingsSection } from './sections/findings.ts';
import { latencyDifferencesSections } from './sections/latency-differences.ts';
import { lookupSections } from './sections/lookups.ts';
import { measuredAgainSections } from './sections/measured-again.ts';
import { methodSection } from './sections/method.ts';
import { operationFatesSections } from './sections/operation-fates.ts';
import { overTimeSection } from './sections/over-time.ts';
import { serversSections } from './sections/servers.ts';
import { tablesSections } from './sections/tables.ts';
import { thresholdsSections } from './sections/thresholds.ts';
import { name, sentence } from './text.ts';

/** The report of a run: verdicts first, how it was measured last. */
export function runDocument(stored: RunResult): ReportDocument {
  const result = withCellNames(stored);
  const shards = Math.max(0, ...result.cells.map((cell) => cell.shardCount));
  const offered = Math.max(0, ...result.cells.map((cell) => cell.load?.offeredQps ?? 0));
  return {
    title: name(result.name),
    subtitle: sentence(result.description),
    facts: [
      { term: 'Source', text: result.source },
      { term: 'Date', text: result.startedAt.slice(0, 10) },
      { term: 'Strategies', text: integer(result.cells.length) },
      { term: 'Shards', text: integer(shards) },
      { term: 'Offered', text: `${integer(offered)}/s` },
      { term: 'Window', text: duration(result.window.durationMs) },
      { term: 'Seed', text: String(result.seed) },
    ],
    sections: [
      answerSection(result),
      ...thresholdsSections(stored),
      ...measuredAgainSections(result),
      findingsSection(result),
      ...errorSections(result),
      ...operationFatesSections(result),
      byStrategySection(result),
      ...latencyDifferencesSections(result),
      ...tablesSections(result),
      byShardSection(result),
      ...byTenantClassSections(result),
      fanOutSection(result),
      ...lookupSections(result),
      overTimeSection(result),
      alarmsSection(result),
      ...serversSections(result),
      methodSection(result),
    ],
  };
}
