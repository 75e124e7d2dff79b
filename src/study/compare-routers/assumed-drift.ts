import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { readUserFile } from '../../host/files.ts';
import type { AssumedDrift } from '../../result/router-comparison.ts';
import { parseTenantFile } from '../../workload/tenant-file.ts';
import { decodeTenantFile } from '../../workload/text-file.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/** Half of the tenants change their share by more than 40 % up or 29 % down. */
const defaultSigma = 0.5;
const sigmaMax = 3;

/** How far tenants drift: as given, as two files of their weights show, or the default. */
export async function assumedDrift(
  { scenario, workload }: LoadedScenario,
  flags: { readonly drift?: string; readonly later?: string },
): Promise<AssumedDrift> {
  if (flags.later !== undefined) return driftUntil(scenario, workload, flags.later);
  if (flags.drift === undefined) return { sigma: defaultSigma, from: 'default', tenants: null };
  const sigma = /^\d+(\.\d+)?$/.test(flags.drift) ? Number(flags.drift) : Number.NaN;
  if (sigma <= sigmaMax) return { sigma, from: 'given', tenants: null };
  throw refused(`--drift: found "${flags.drift}"; allowed: a number from 0 to ${sigmaMax}`);
}

const refused = (text: string): UserError => new UserError(text, { exitCode: exitCodes.usage });

/** The standard deviation of ln(later / now) over the tenants that are in both files. */
async function driftUntil(
  { tenants: source }: LoadedScenario['scenario'],
  { tenants }: LoadedScenario['workload'],
  path: string,
): Promise<AssumedDrift> {
  if (source.distribution !== 'file') {
    throw refused(
      '--later: the tenants of the scenario come from a distribution; allowed: tenants from a file',
    );
  }
  const text = decodeTenantFile(await readUserFile(path, 'tenant file'), path);
  const { ids, weights } = parseTenantFile(text, path, source, source.idType);
  const later = new Map(ids.map((id, i) => [id, weights[i] ?? 0]));
  // Not their shares of a window in which some join and leave.
  const sizes = tenants.changes?.sizes ?? tenants.weights;
  const changes = tenants.ids.flatMap((id, i) => {
    const ratio = (later.get(id) ?? 0) / (sizes[i] ?? 0);
    return ratio > 0 && Number.isFinite(ratio) ? [Math.log(ratio)] : [];
  });
  if (changes.length < 2) {
    throw refused(`--later: ${path} has fewer than two tenants with a weight in both files`);
  }
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const squares = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0);
  const sigma = Math.sqrt(squares / (changes.length - 1));
  return { sigma, from: 'files', tenants: changes.length };
}
