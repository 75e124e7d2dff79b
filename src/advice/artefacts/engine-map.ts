// Where a system that places by its own rule would have the keys, when that is not the recommended
// placement.
import { type Fact, fact } from '../../result/finding.ts';
import type { Engine } from '../../router/contract.ts';
import type { Artefact, Chosen } from './artefact-types.ts';
import { type EnginePlacement, enginePlacement } from './engine-placement.ts';
import type { RouterPlan } from './router-plan.ts';
import { placedKeys, shardMapText } from './shard-map.ts';

/** A configuration of a system. */
export interface EngineFile {
  readonly path: string;
  readonly text: string;
  readonly isExact: boolean;
  /** What the system's own router takes as its number; null: its default. */
  readonly parameter: number | null;
}

/** The configuration of a system, and, where it places by a rule of its own, its shard map. */
export function engineArtefacts(
  engine: Engine,
  chosen: Chosen & { plan: RouterPlan },
  file: EngineFile,
): Artefact[] {
  const { path, text, isExact } = file;
  if (isExact) {
    const note = fact('artefact-engine-exact', { names: { engine } });
    return [{ path, text, placement: 'exact', note }];
  }
  const placed = enginePlacement(engine, chosen, file.parameter);
  const note = differentNote(engine, chosen, placed);
  const own: Artefact = { path, text, placement: 'different', note };
  if (placed === null) return [own];
  const { strategy, known, plan, shardCount } = chosen;
  const map = shardMapText({
    schema: 'shardlab/shard-map/v1',
    engine,
    key: strategy.key,
    keyType: plan.keyType,
    shardCount,
    maxOverMean: placed.maxOverMean,
    band: placed.band,
    keys: placedKeys(placed.router, known, { keyType: plan.keyType, split: null }).map(
      ({ key, shard }) => [key, shard],
    ),
  });
  const mapPath = path.replace(/[^/]*$/, 'shard-map.json');
  const mapNote = fact('artefact-engine-map', { names: { engine } });
  return [own, { path: mapPath, text: map, placement: 'different', note: mapNote }];
}

function differentNote(engine: Engine, chosen: Chosen, placed: EnginePlacement | null): Fact {
  return fact('artefact-engine-different', {
    severity: 'warning',
    numbers: placed === null ? {} : { ...placed.band, maxOverMean: placed.maxOverMean },
    names: { engine, strategy: chosen.strategy.name },
  });
}
