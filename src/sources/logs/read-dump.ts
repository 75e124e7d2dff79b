import type { SourceEvidence } from '../../profile/evidence.ts';
import { loadGrammar } from '../../sql/grammar.ts';
import type { DumpForm } from './dumps/dump-form.ts';
import { dumpReader } from './dumps/dump-rows.ts';
import { DumpTemplates } from './dumps/dump-templates.ts';
import type { LogRecord } from './log-record.ts';
import type { LogOptions, LogSource } from './log-source.ts';
import { type OpenedFile, readLines } from './reading.ts';
import { UnparsedCounts } from './unparsed-counts.ts';

export async function dumpSource(
  file: OpenedFile,
  form: DumpForm,
  options: LogOptions,
): Promise<LogSource> {
  const unparsed = new UnparsedCounts();
  const dump = new DumpTemplates(unparsed);
  const reader = dumpReader(form, dump.add, unparsed);
  const lines = {
    line: reader.line.bind(reader),
    end(rest: { readonly text: string; readonly number: number } | null) {
      if (rest !== null) reader.line(rest.text, rest.number);
      reader.end();
    },
  };
  // oxlint-disable-next-line no-unused-vars
  for await (const read of readLines(file, lines, options, unparsed));
  const templates = dump.templates(options.source ?? 0, await loadGrammar());
  const evidence: SourceEvidence = {
    kind: 'pg_stat_statements',
    name: file.name,
    read: {
      bytes: file.facts.bytes,
      rows: dump.rows,
      templates: templates.length,
      hiddenCalls: dump.hiddenCalls,
      utilityCalls: dump.utilityCalls,
      catalogCalls: dump.catalogCalls,
      databases: dump.databases.size,
    },
    about: { format: form.form === 'delimited' ? delimiterName[form.delimiter] : form.form },
  };
  return {
    evidence,
    kind: 'pg_stat_statements',
    templates,
    async *records(): AsyncGenerator<readonly LogRecord[], void, undefined> {
      // It has no statements, only how often there were some.
    },
    unparsed: () => unparsed.list(options.source ?? 0),
  };
}

const delimiterName = { ',': 'CSV', ';': 'CSV with semicolons', '\t': 'TSV' } as const;
