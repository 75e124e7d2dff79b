import { randomBytes } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { Readable } from 'node:stream';
import { fact, type Fact } from '../../result/finding.ts';
import type { CharacteristicsDocument } from '../../result/characteristics-document.ts';
import type { Report } from '../../host/quiet-progress.ts';
import { unoptimized } from '../../host/unoptimized.ts';
import { foundCandidates } from '../../profile/candidates.ts';
import { characteristics } from '../../profile/characteristics.ts';
import type { Evidence } from '../../profile/evidence.ts';
import { userValues } from '../../profile/pseudonym/user-values.ts';
import { Pseudonyms } from '../../profile/pseudonyms.ts';
import { writtenScenario } from '../../profile/scenario/written-scenario.ts';
import { type Grammar, loadGrammar } from '../../sql/grammar.ts';
import { sqlReader, type StatementReader } from '../../sql/sql-reader.ts';
import { wordedCharacteristics } from '../../wording/characteristics.ts';
import { mainCandidate } from './main-candidate.ts';
import { measured } from './measured.ts';
import { openedEvidence } from './opened-evidence.ts';
import type { ProfileChoices } from './profile-choices.ts';
import { withSources } from './sources.ts';
import { keysOfTenants, type TenantFile, tenantFile, tenantNotes } from './tenant-file.ts';

export interface ProfileRequest {
  readonly sources: readonly string[];
  readonly choices: ProfileChoices;
  /** The scenario's file, which this does not write. */
  readonly out: string;
  readonly about: {
    readonly startedAt: string;
    readonly command: string;
    readonly shardlab: string;
    /** Of the schema by which editors check the scenario. */
    readonly schemaAddress: string;
  };
  /** What `-` stands for. */
  readonly stdin: Readable;
  readonly report: Report;
  readonly signal: AbortSignal;
}

export interface Profiled {
  readonly document: CharacteristicsDocument;
  /**
   * YAML; null where there is no candidate that it could be written for, or where a file of tenants
   * is all there is: then a first scenario can read that file.
   */
  readonly scenario: string | null;
  readonly tenants: TenantFile | null;
}

/**
 * What people have -> what it says of their workload, and a scenario that stands for it. Reads the
 * sources and writes nothing.
 */
export async function profile(request: ProfileRequest): Promise<Profiled> {
  const { report, signal, choices, out } = request;
  const grammar = await unoptimized(loadGrammar);
  const reader = sqlReader(grammar);
  const { evidence, tenants } = await readEvidence(request, grammar, reader);
  signal.throwIfAborted();
  report('comparing keys', 0.9);
  const pseudonyms = choices.keepValues
    ? new Pseudonyms({ keep: true })
    : new Pseudonyms({ salt: randomBytes(16).toString('hex'), apart: userValues(evidence) });
  const name = basename(out, extname(out));
  const { startedAt, command, shardlab } = request.about;
  const about = { startedAt, command, shardlab, name };
  const found = characteristics(evidence, { reader, pseudonyms, about });
  report('writing the scenario', 0.97);
  const { text, leftOut, ...written } = scenarioOf(evidence, found.candidates, {
    ...request,
    name,
    reader,
    pseudonyms,
  });
  const isWritten = text !== null || tenants !== null;
  const notes = [...tenantNotes(tenants), ...written.notes];
  const scenario = { file: isWritten ? basename(out) : null, ...written, notes };
  return {
    document: wordedCharacteristics({ ...found, scenario }, leftOut),
    scenario: tenants === null ? text : null,
    tenants,
  };
}

interface Writing extends Pick<ProfileRequest, 'choices' | 'about'> {
  readonly name: string;
  readonly reader: StatementReader;
  readonly pseudonyms: Pseudonyms;
}

/** Without a candidate there is nothing that a scenario could be about. */
function scenarioOf(
  evidence: Evidence,
  found: readonly { readonly key: string }[],
  { choices: { key, scale, coverage }, ...writing }: Writing,
) {
  const ordered = found.map((each) => each.key);
  const main = mainCandidate(evidence.candidates, ordered, key);
  if (main === null) {
    const notes = [fact('no-candidate', { severity: 'warning' })];
    return { text: null, scale: 1, coveredShare: null, notes, leftOut: new Map<number, Fact>() };
  }
  const written = writtenScenario(evidence, { main, ordered, scale, coverage, ...writing });
  return { ...written, notes: [...written.notes] };
}

async function readEvidence(
  request: ProfileRequest,
  grammar: Grammar,
  reader: StatementReader,
): Promise<{ evidence: Evidence; tenants: TenantFile | null }> {
  const { report, signal, choices } = request;
  const sources = { ...request, report: (done: string) => report(done, 0.1) };
  return withSources(sources, async (opened) => {
    const reading = { grammar, report, signal };
    const { gathered, logs } = await openedEvidence(opened, reading);
    const { schema, queries } = gathered;
    const tables = schema ?? { tables: [], views: [] };
    const { candidates: all, unseen } = foundCandidates(tables, queries?.templates ?? [], reader);
    const candidates = keysOfTenants(all, opened);
    // An unknown one is told before the work of looking at the others.
    const names = candidates.map((each) => each.key);
    mainCandidate(candidates, names, choices.key);
    const seen = { ...gathered, unseen: [...gathered.unseen, ...unseen] };
    const looked = { opened, logs, gathered: seen, candidates, reader, choices, ...reading };
    return { evidence: await measured(looked), tenants: tenantFile(opened) };
  });
}
