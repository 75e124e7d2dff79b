import { present } from '../base/assert.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import { benchHtml, benchMarkdown } from '../report/bench/bench-report.ts';
import { formatBenchDocument, parseBenchDocument } from '../result/bench-parse.ts';
import { growthHtml, growthMarkdown } from '../report/growth/growth-report.ts';
import { formatGrowthDocument, parseGrowthDocument } from '../result/growth-parse.ts';

type Writer = (text: string, path: string) => string | Promise<string>;

/** A document that is no result of a run: which command wrote it, and how it is drawn. */
export interface OtherDocument {
  readonly command: string;
  readonly writers: Readonly<Record<string, Writer>>;
}

const others: Readonly<Record<string, OtherDocument>> = {
  growth: {
    command: 'grow',
    writers: {
      html: (text, path) => growthHtml(parseGrowthDocument(text, path)),
      md: (text, path) => growthMarkdown(parseGrowthDocument(text, path)),
      json: (text, path) => formatGrowthDocument(parseGrowthDocument(text, path)),
    },
  },
  bench: {
    command: 'bench',
    writers: {
      html: (text, path) => benchHtml(parseBenchDocument(text, path)),
      md: (text, path) => benchMarkdown(parseBenchDocument(text, path)),
      json: (text, path) => formatBenchDocument(parseBenchDocument(text, path)),
    },
  },
};

/** The document of `grow` or `bench` that a text is, of whatever version; null for all others. */
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

/** @throws UserError (exit code 2) for a format that such a document does not come in */
export function checkOtherFormat(
  { command, writers }: OtherDocument,
  path: string,
  format: string,
): void {
  if (Object.hasOwn(writers, format)) return;
  const allowed = Object.keys(writers).join(', ');
  throw new UserError(
    `${path} is a document of ${command}, which can be drawn as ${allowed}, not as ${format}`,
    { exitCode: exitCodes.usage },
  );
}

/**
 * Draws such a document again.
 *
 * @throws UserError (exit code 2) for one that is not valid
 */
export async function otherContent(
  document: OtherDocument,
  text: string,
  path: string,
  format: string,
): Promise<string> {
  checkOtherFormat(document, path, format);
  return present(document.writers[format], 'writer of a format that was checked')(text, path);
}
