import type { Progress } from '../../host/progress.ts';
import type { ErrorSamples } from '../../metrics/cell-samples.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/**
 * Tells the first error of each operation and code while the run goes on: nobody waits for the
 * report.
 */
export class FirstErrors {
  private readonly loaded: LoadedScenario;
  private readonly progress: Progress;
  private readonly told = new Set<string>();

  constructor(loaded: LoadedScenario, progress: Progress) {
    this.loaded = loaded;
    this.progress = progress;
  }

  tell(strategy: string, { code, message, operation, shard }: ErrorSamples): void {
    const name = this.loaded.workload.operations[operation]?.name ?? '';
    const kind = `${name} ${code}`;
    if (this.told.has(kind)) return;
    this.told.add(kind);
    const place = shard === null ? '' : ` on shard ${shard}`;
    this.progress.warn(
      `${strategy}: operation ${name} failed${place} with ${code}: ${message} (this is ` +
        'the first of its kind; the report counts all of them)',
    );
  }
}
