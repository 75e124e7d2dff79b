import { readFile } from 'node:fs/promises';
import type { Progress } from '../../host/progress.ts';
import { verdictCards } from '../../report/sections/answer.ts';
import { withCellNames } from '../../result/cells.ts';
import type { RunResult } from '../../result/types.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { LiveWatch } from './live-watch.ts';
import type { LiveFeed } from './watch-phase.ts';

/** What a run tells of itself. */
interface Told {
  readonly progress: Progress;
  readonly keep: (result: RunResult) => Promise<void>;
}

/** A run that people watch on a page while it goes on. */
export class LiveRun {
  private readonly watch: LiveWatch;

  private constructor(watch: LiveWatch) {
    this.watch = watch;
  }

  /** @param port 0: one that is free */
  static async start({ scenario }: LoadedScenario, port: number): Promise<LiveRun> {
    const { name, description } = scenario;
    const cells = cellSpecs(scenario).length;
    return new LiveRun(await LiveWatch.start({ name, description, cells }, port));
  }

  get url(): string {
    return this.watch.url;
  }

  /** The same, told to who watches as well. */
  watched({ progress, keep }: Told): Told & { readonly live: LiveFeed } {
    const { watch } = this;
    const live: LiveFeed = (event) => watch.tell(event);
    return {
      progress: toldProgress(progress, live),
      keep: async (result) => {
        await keep(result);
        live({ kind: 'verdicts', verdicts: verdictCards(withCellNames(result)) });
      },
      live,
    };
  }

  /** Gives the report in this file to who watches; null: there is none. */
  async end(path: string | null): Promise<void> {
    if (path === null) {
      await this.watch.end(null, 'The run has ended without a report; the terminal says why.');
      return;
    }
    const said = `The run has ended. This is its report, which is also in ${path}.`;
    await this.watch.end(await readFile(path, 'utf8'), said);
  }
}

function toldProgress(progress: Progress, live: LiveFeed): Progress {
  return {
    note: (text) => progress.note(text),
    warn: (text) => {
      progress.warn(text);
      live({ kind: 'warning', text });
    },
    stage: (text, fraction, leftMs) => {
      progress.stage(text, fraction, leftMs);
      live({ kind: 'stage', text, fraction, leftMs });
    },
    pulse: (text) => progress.pulse(text),
    end: () => progress.end(),
  };
}
