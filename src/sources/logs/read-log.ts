import type { SourceEvidence } from '../../profile/evidence.ts';
import { CsvEntries } from './entries/csv-entries.ts';
import { JsonEntries } from './entries/json-entries.ts';
import type { EntryReader } from './entries/log-entry.ts';
import { LogTimes } from './entries/log-times.ts';
import { StderrEntries } from './entries/stderr-entries.ts';
import type { LogFormat } from './log-format.ts';
import type { LogRecord } from './log-record.ts';
import type { LogOptions, LogSource } from './log-source.ts';
import { type OpenedFile, readLines } from './reading.ts';
import { LoggedStatements } from './statements/logged-statements.ts';
import { UnparsedCounts } from './unparsed-counts.ts';

type Format = Extract<LogFormat, { format: 'csvlog' | 'jsonlog' | 'stderr' }>;

export function logSource(file: OpenedFile, format: Format, options: LogOptions): LogSource {
  let unparsed = new UnparsedCounts();
  let evidence: SourceEvidence = {
    kind: 'log',
    name: file.name,
    read: { bytes: file.facts.bytes, lines: 0, statements: 0 },
    about: aboutFormat(format),
  };

  async function* records(): AsyncGenerator<readonly LogRecord[], void, undefined> {
    unparsed = new UnparsedCounts();
    const statements = new LoggedStatements(unparsed);
    const times = new LogTimes();
    const entries = entriesOf(format, statements, times, unparsed);
    const reader = {
      line: entries.line.bind(entries),
      end: (rest: Parameters<EntryReader['end']>[0]) => {
        entries.end(rest);
        statements.end();
      },
    };
    let lines = 0;
    for await (const read of readLines(file, reader, options, unparsed)) {
      lines = read;
      const batch = statements.take();
      if (batch.length > 0) yield batch;
    }
    const { counts } = statements;
    evidence = {
      ...evidence,
      read: { bytes: file.facts.bytes, lines, ...counts },
      about: { ...aboutFormat(format), ...aboutTimes(times) },
    };
    if (counts.statements === 0) unparsed.add(withoutStatements, null);
  }

  return {
    get evidence() {
      return evidence;
    },
    kind: 'log',
    records,
    unparsed: () => unparsed.list(options.source ?? 0),
  };
}

const withoutStatements =
  'no message is a statement: servers log them with log_min_duration_statement = 0 or ' +
  'log_statement = all, and are read where lc_messages is English or C';

function entriesOf(
  format: Format,
  statements: LoggedStatements,
  times: LogTimes,
  unparsed: UnparsedCounts,
): EntryReader {
  if (format.format === 'csvlog') return new CsvEntries(statements.add, times, unparsed);
  if (format.format === 'jsonlog') return new JsonEntries(statements.add, times, unparsed);
  return new StderrEntries(statements.add, format.prefix, times, unparsed);
}

function aboutFormat(format: Format): Record<string, string> {
  if (format.format !== 'stderr') return { format: format.format };
  return { format: 'stderr', prefix: format.prefix.setting ?? 'time and process, as found' };
}

function aboutTimes({ zone, unknownZone }: LogTimes): Record<string, string> {
  // What stands there may be anything, a user's name too.
  if (unknownZone !== null) return { timeZone: 'not known, taken for UTC' };
  return zone === null || zone === '' ? {} : { timeZone: zone };
}
