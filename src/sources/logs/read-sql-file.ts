import type { SourceEvidence } from '../../profile/evidence.ts';
import type { LogRecord } from './log-record.ts';
import type { LogOptions, LogSource } from './log-source.ts';
import { type OpenedFile, readLines } from './reading.ts';
import { ScriptRecords } from './sql-files/script-records.ts';
import { UnparsedCounts } from './unparsed-counts.ts';

export function sqlSource(file: OpenedFile, options: LogOptions): LogSource {
  let unparsed = new UnparsedCounts();
  let evidence: SourceEvidence = {
    kind: 'sql',
    name: file.name,
    read: { bytes: file.facts.bytes, lines: 0, statements: 0 },
    about: {},
  };

  async function* records(): AsyncGenerator<readonly LogRecord[], void, undefined> {
    unparsed = new UnparsedCounts();
    const script = new ScriptRecords(unparsed);
    let lines = 0;
    for await (const read of readLines(file, script, options, unparsed)) {
      lines = read;
      const batch = script.take();
      if (batch.length > 0) yield batch;
    }
    evidence = { ...evidence, read: { bytes: file.facts.bytes, lines, ...script.counts } };
  }

  return {
    get evidence() {
      return evidence;
    },
    kind: 'sql',
    records,
    unparsed: () => unparsed.list(options.source ?? 0),
  };
}
