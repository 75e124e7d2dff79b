import { adviceHtml, adviceMarkdown, adviceReport } from '../report/advice/advice-report.ts';
import { adviceCsv } from '../report/advice/csv.ts';
import { benchHtml, benchMarkdown, benchReport } from '../report/bench/bench-report.ts';
import { benchCsv } from '../report/bench/csv.ts';
import {
  capacityHtml,
  capacityMarkdown,
  capacityReport,
} from '../report/capacity/capacity-report.ts';
import { capacityCsv } from '../report/capacity/csv.ts';
import {
  characteristicsHtml,
  characteristicsMarkdown,
  characteristicsReport,
} from '../report/characteristics/characteristics-report.ts';
import { characteristicsCsv } from '../report/characteristics/csv.ts';
import {
  comparisonHtml,
  comparisonMarkdown,
  comparisonReport,
} from '../report/comparison/comparison-report.ts';
import { comparisonCsv } from '../report/comparison/csv.ts';
import type { ReportDocument } from '../report/document.ts';
import { formatAdviceDocument, parseAdviceDocument } from '../result/advice-parse.ts';
import { formatBenchDocument, parseBenchDocument } from '../result/bench-parse.ts';
import { formatCapacityDocument, parseCapacityDocument } from '../result/capacity-document.ts';
import { formatCharacteristics, parseCharacteristics } from '../result/characteristics-parse.ts';
import { formatComparison, parseComparison } from '../result/comparison-parse.ts';
import { growthCsv } from '../report/growth/csv.ts';
import { growthHtml, growthMarkdown, growthReport } from '../report/growth/growth-report.ts';
import { formatGrowthDocument, parseGrowthDocument } from '../result/growth-parse.ts';

/** Formats of `shardlab report --format` that are one file, the default first. */
export const reportFormats = ['html', 'md', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** What documents are called where nobody gave them a name of their own. */
export const documentNames: readonly string[] = [
  'result',
  'growth',
  'bench',
  'capacity',
  'characteristics',
  'comparison',
  'advice',
];

type Writer = (text: string, path: string) => string | Promise<string>;

/** A document that is no result of a run: how it is drawn. */
export interface OtherDocument {
  readonly writers: Readonly<Record<ReportFormat, Writer>>;
  /** The report before it has a format, for its charts. */
  readonly report: (text: string, path: string) => ReportDocument;
}

const others: Readonly<Record<string, OtherDocument>> = {
  growth: {
    writers: {
      html: (text, path) => growthHtml(parseGrowthDocument(text, path)),
      md: (text, path) => growthMarkdown(parseGrowthDocument(text, path)),
      csv: (text, path) => growthCsv(parseGrowthDocument(text, path)),
      json: (text, path) => formatGrowthDocument(parseGrowthDocument(text, path)),
    },
    report: (text, path) => growthReport(parseGrowthDocument(text, path)),
  },
  bench: {
    writers: {
      html: (text, path) => benchHtml(parseBenchDocument(text, path)),
      md: (text, path) => benchMarkdown(parseBenchDocument(text, path)),
      csv: (text, path) => benchCsv(parseBenchDocument(text, path)),
      json: (text, path) => formatBenchDocument(parseBenchDocument(text, path)),
    },
    report: (text, path) => benchReport(parseBenchDocument(text, path)),
  },
  capacity: {
    writers: {
      html: (text, path) => capacityHtml(parseCapacityDocument(text, path)),
      md: (text, path) => capacityMarkdown(parseCapacityDocument(text, path)),
      csv: (text, path) => capacityCsv(parseCapacityDocument(text, path)),
      json: (text, path) => formatCapacityDocument(parseCapacityDocument(text, path)),
    },
    report: (text, path) => capacityReport(parseCapacityDocument(text, path)),
  },
  characteristics: {
    writers: {
      html: (text, path) => characteristicsHtml(parseCharacteristics(text, path)),
      md: (text, path) => characteristicsMarkdown(parseCharacteristics(text, path)),
      csv: (text, path) => characteristicsCsv(parseCharacteristics(text, path)),
      json: (text, path) => formatCharacteristics(parseCharacteristics(text, path)),
    },
    report: (text, path) => characteristicsReport(parseCharacteristics(text, path)),
  },
  advice: {
    writers: {
      html: (text, path) => adviceHtml(parseAdviceDocument(text, path)),
      md: (text, path) => adviceMarkdown(parseAdviceDocument(text, path)),
      csv: (text, path) => adviceCsv(parseAdviceDocument(text, path)),
      json: (text, path) => formatAdviceDocument(parseAdviceDocument(text, path)),
    },
    report: (text, path) => adviceReport(parseAdviceDocument(text, path)),
  },
  comparison: {
    writers: {
      html: (text, path) => comparisonHtml(parseComparison(text, path)),
      md: (text, path) => comparisonMarkdown(parseComparison(text, path)),
      csv: (text, path) => comparisonCsv(parseComparison(text, path)),
      json: (text, path) => formatComparison(parseComparison(text, path)),
    },
    report: (text, path) => comparisonReport(parseComparison(text, path)),
  },
};

/**
 * The document of `grow`, `bench`, `capacity`, `profile`, `advise` or `compare` that a text is, of
 * whatever version; null for all others.
 */
export function otherDocument(text: string): OtherDocument | null {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('schema' in json)) return null;
    const [, kind = ''] = /^shardlab\/(\w+)\//.exec(String(json.schema)) ?? [];
    return Object.hasOwn(others, kind) ? (others[kind] ?? null) : null;
  } catch {
    // Whoever reads it says what is wrong with it.
    return null;
  }
}
