import { join } from 'node:path';
import { chooseFleet } from '../fleet/choose.ts';
import { fleetNames } from '../fleet/names.ts';
import { writeAtomically } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress } from '../host/progress.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import type { AdviceDocument } from '../result/advice-document.ts';
import { formatCapacityDocument } from '../result/capacity-document.ts';
import {
  measureAdvice,
  type MeasuredAdvice,
  type MeasuredAsked,
  usualEffort,
} from '../study/advise/measure-advice.ts';
import { measureCapacity } from '../study/capacity/measure-capacity.ts';
import type { LoadedScenario } from '../study/scenario/load-scenario.ts';

interface Measuring extends MeasuredAsked {
  readonly document: AdviceDocument;
  readonly planned: LoadedScenario;
  readonly draws: number;
  /** What --fleet says. */
  readonly fleet: string | undefined;
  readonly out: string;
}

/** Folder of the searches, in the output folder. */
const measuredFolder = 'measured';

/** Measures the best candidates on shards; each round is kept as a document of `capacity`. */
export function measureAdvised(
  { fleet: asked, out, ...rest }: Measuring,
  { stderr, environment }: Streams,
): Promise<MeasuredAdvice> {
  const progress = createProgress(stderr, wantsColour(stderr, environment));
  const folder = join(out, measuredFolder);
  return interruptible(async (signal) => {
    const wish = fleetNames.find((name) => name === asked) ?? null;
    const { urls } = rest.planned.scenario.topology;
    const { fleet, why } = await chooseFleet({ asked: wish, urls, environment }, signal);
    progress.note(`fleet: ${fleet.name} (${why})`);
    return measureAdvice({
      ...rest,
      fleet: fleet.name,
      search: (options) => measureCapacity(fleet, options),
      environment,
      effort: usualEffort,
      keep: (found, round) =>
        writeAtomically(join(folder, `capacity-${round}.json`), formatCapacityDocument(found)),
      command: rest.document.command,
      progress,
      signal,
    });
  }).finally(() => progress.end());
}
