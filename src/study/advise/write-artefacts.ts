import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artefact, ArtefactInput } from '../../advice/artefacts/artefact-types.ts';
import { artefactsOf } from '../../advice/artefacts/artefacts.ts';
import { keyTypes } from '../../base/keys.ts';
import { writeAtomically } from '../../host/files.ts';
import { placedKey } from '../../placement/placed-key.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import type { AdviceOverlay } from '../../result/advice-hot.ts';
import type { Strategy } from '../../scenario/types.ts';
import { worded } from '../../wording/worded.ts';
import { keyColumn } from '../../workload/key-column.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';
import { strategyNamed } from './salted-strategy.ts';

/** Beside advice.json. */
export const nextFolder = 'next';

/** What artefacts are made from; the keys are those of the loaded rows. */
export function artefactInput(
  loaded: Omit<LoadedScenario, 'plan'>,
  strategy: Strategy,
  shardCount: number,
  overlay: AdviceOverlay | null = null,
): ArtefactInput {
  const { scenario, workload } = loaded;
  const { known } = placedKey(workload, strategy);
  const by = strategy.split?.by;
  const byType = by === undefined ? null : keyColumn(workload, by).type;
  return {
    scenario,
    strategy: routerSpec(strategy, loaded),
    shardCount,
    known,
    splitType: keyTypes.find((type) => type === byType) ?? null,
    layout: workload.tables?.layouts.get(strategy.key) ?? null,
    overlay,
  };
}

/** Writes them below the folder, which is made where it is missing. */
export async function writeArtefacts(
  folder: string,
  artefacts: readonly Artefact[],
): Promise<void> {
  for (const { path, text } of artefacts) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeAtomically(file, text);
  }
}

type Advised = Pick<AdviceDocument['recommendation'], 'strategy' | 'shardCount' | 'overlay'>;

/** The files of what a document recommends; none where that is no number of shards. */
export function advisedArtefacts(
  loaded: Omit<LoadedScenario, 'plan'>,
  { strategy: name, shardCount, overlay }: Advised,
): readonly Artefact[] {
  const strategy = strategyNamed(loaded.scenario.strategies, name);
  if (strategy === undefined) return [];
  return artefactsOf(artefactInput(loaded, strategy, shardCount, overlay));
}

/** What the document says of them. */
export function nextFiles(artefacts: readonly Artefact[]): AdviceDocument['next'] {
  return artefacts.map(({ path, placement, note }, index) => {
    const place = `/next/${index}`;
    return { path: `${nextFolder}/${path}`, placement, note: worded({ ...note, place }) };
  });
}
