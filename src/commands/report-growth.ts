import { present } from '../base/assert.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import { growthHtml, growthMarkdown } from '../report/growth/growth-report.ts';
import type { GrowthDocument } from '../result/growth-document.ts';
import { formatGrowthDocument, parseGrowthDocument } from '../result/growth-parse.ts';

const writers: Readonly<Record<string, (document: GrowthDocument) => string | Promise<string>>> = {
  html: growthHtml,
  md: growthMarkdown,
  json: formatGrowthDocument,
};

/** Whether a text is a document of `grow`, of whatever version. */
export function isGrowth(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('schema' in json)) return false;
    return typeof json.schema === 'string' && json.schema.startsWith('shardlab/growth/');
  } catch {
    // Whoever reads it says what is wrong with it.
    return false;
  }
}

/** @throws UserError (exit code 2) for a format that no document of `grow` comes in */
export function checkGrowthFormat(path: string, format: string): void {
  if (Object.hasOwn(writers, format)) return;
  const allowed = Object.keys(writers).join(', ');
  throw new UserError(
    `${path} is a document of grow, which can be drawn as ${allowed}, not as ${format}`,
    { exitCode: exitCodes.usage },
  );
}

/**
 * Draws a document of `grow` again.
 *
 * @throws UserError (exit code 2) for one that is not valid
 */
export async function growthContent(text: string, path: string, format: string): Promise<string> {
  checkGrowthFormat(path, format);
  const write = present(writers[format], 'writer of a format that was checked');
  return write(parseGrowthDocument(text, path));
}
