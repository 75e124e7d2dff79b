/**
 * Logs for tests and benches: written as Postgres 18 writes them, in each format. For the tests of
 * `sources/logs/` and of `sources/logs/observing/` alike.
 */
import { loggedTime, type LoggedStatement } from './logged-statement-fixture.ts';

export type { LoggedStatement } from './logged-statement-fixture.ts';

export type FixtureFormat = 'csvlog' | 'jsonlog' | 'stderr';

/** The setting under which `stderr` is written. */
export const fixturePrefix = '%m [%p] %c ';

/** One message with all its lines, its line end included. */
export function loggedText(statement: LoggedStatement, format: FixtureFormat): string {
  if (format === 'csvlog') return csvText(statement);
  return format === 'jsonlog' ? jsonText(statement) : stderrText(statement);
}

function messageOf({ sql, durationMs, parameters }: LoggedStatement): string {
  const says = parameters === null ? 'statement' : 'execute <unnamed>';
  return durationMs === null
    ? `${says}: ${sql}`
    : `duration: ${durationMs.toFixed(3)} ms  ${says}: ${sql}`;
}

function detailOf({ parameters }: LoggedStatement): string | null {
  if (parameters === null || parameters.length === 0) return null;
  const values = parameters.map((value, index) => {
    const text = value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
    return `$${index + 1} = ${text}`;
  });
  return `Parameters: ${values.join(', ')}`;
}

const csvQuoted = (text: string | null): string =>
  text === null ? '' : `"${text.replaceAll('"', '""')}"`;

function csvText(statement: LoggedStatement): string {
  const { atMs, session, process } = statement;
  const started = loggedTime(atMs).replace(/\.\d+/, '');
  const [message, detail] = [messageOf(statement), detailOf(statement)].map(csvQuoted);
  return (
    `${loggedTime(atMs)},"app","shop",${process},"10.0.0.7:41822",${session},1,"SELECT",` +
    `${started},3/42,0,LOG,00000,${message},${detail},,,,,,,,"web","client backend",,0\n`
  );
}

function jsonText(statement: LoggedStatement): string {
  const detail = detailOf(statement);
  const entry = {
    timestamp: loggedTime(statement.atMs),
    user: 'app',
    dbname: 'shop',
    pid: statement.process,
    remote_host: '10.0.0.7',
    remote_port: 41822,
    session_id: statement.session,
    line_num: 1,
    ps: 'SELECT',
    session_start: loggedTime(statement.atMs).replace(/\.\d+/, ''),
    vxid: '3/42',
    txid: 0,
    error_severity: 'LOG',
    message: messageOf(statement),
    ...(detail === null ? {} : { detail }),
    application_name: 'web',
    backend_type: 'client backend',
    query_id: 0,
  };
  return `${JSON.stringify(entry)}\n`;
}

function stderrText(statement: LoggedStatement): string {
  const { atMs, process, session } = statement;
  const head = `${loggedTime(atMs)} [${process}] ${session} `;
  const tabbed = (text: string): string => text.replaceAll('\n', '\n\t');
  const detail = detailOf(statement);
  const line = `${head}LOG:  ${tabbed(messageOf(statement))}\n`;
  return detail === null ? line : `${line}${head}DETAIL:  ${tabbed(detail)}\n`;
}
