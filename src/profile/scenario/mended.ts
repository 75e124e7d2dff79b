import { scenarioNoteCodes as codes } from '../../result/scenario-note-codes.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { readScenario } from '../../scenario/parse.ts';
import type { Path } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { ScenarioVocabulary } from '../../scenario/vocabulary.ts';
import type { DraftScenario } from './draft-scenario.ts';
import { scenarioText } from './draft-scenario.ts';
import { isLeast, leastScenario, withoutFaults, withOperation } from './given-up.ts';
import { mendedTable } from './mended-table.ts';

export interface Mended {
  readonly draft: DraftScenario;
  readonly text: string;
  readonly scenario: Scenario;
  readonly notes: readonly Fact[];
  /** Operations that had to go, by name, with what was wrong. */
  readonly refused: ReadonlyMap<string, string>;
}

/** What is not mended by now goes. */
const roundsGentle = 20;

/**
 * What the scenario's own rules refuse is left out, part by part, until it stands: the file that is
 * written can always be read. Where leaving out parts of tables does not help, the tables go.
 */
export function mended(first: DraftScenario, vocabulary: ScenarioVocabulary): Mended {
  let draft = first;
  const notes: Fact[] = [];
  const refused = new Map<string, string>();
  for (let round = 0; ; round += 1) {
    const text = scenarioText(draft);
    const { scenario, problems } = readScenario(text, draft.name, vocabulary);
    if (problems.length === 0 && scenario !== undefined) {
      return { draft, text, scenario, notes, refused };
    }
    const before = draft;
    if (round < roundsGentle) {
      for (const { path, text: why } of problems.toReversed()) {
        draft = without(draft, path, why, before, notes, refused);
      }
    }
    if (isSame(draft, text)) draft = withoutFaults(draft, problems, notes);
    draft = withOperation(draft);
    if (isSame(draft, text) || round > roundsGentle + 2 * first.tables.length) {
      if (isLeast(draft)) throw new Error(`the least scenario is refused: ${problems[0]?.text}`);
      draft = leastScenario(draft);
    }
  }
}

const isSame = (draft: DraftScenario, text: string): boolean => scenarioText(draft) === text;

function without(
  draft: DraftScenario,
  path: Path,
  why: string,
  before: DraftScenario,
  notes: Fact[],
  refused: Map<string, string>,
): DraftScenario {
  const [part, at] = path;
  switch (part) {
    case 'tables': {
      const tables = draft.tables.map((table) => {
        if (table.name !== at) return table;
        const mend = mendedTable(
          table,
          path.slice(2),
          before.tables.find((each) => each.name === at),
        );
        if (mend.table !== table) {
          notes.push(
            fact(mend.code, { severity: 'warning', names: { table: table.name, ...mend.names } }),
          );
        }
        return mend.table;
      });
      return { ...draft, tables };
    }
    case 'views':
      notes.push(fact(codes.viewLeftOut, { names: { view: String(at), reason: why } }));
      return { ...draft, views: draft.views.filter(({ name }) => name !== at) };
    case 'keys':
      return withoutKey(draft, String(at), path[2], notes);
    case 'strategies':
      return {
        ...draft,
        strategies: draft.strategies.filter((each) => each !== before.strategies[Number(at)]),
      };
    case 'operations': {
      const gone = before.operations[Number(at)];
      if (gone !== undefined) refused.set(gone.name, why);
      return { ...draft, operations: draft.operations.filter((each) => each !== gone) };
    }
    case undefined:
    default:
      return draft;
  }
}

/** A table of a key whose column is none for routers, or the whole key. */
function withoutKey(
  draft: DraftScenario,
  name: string,
  table: Path[number] | undefined,
  notes: Fact[],
): DraftScenario {
  const known = draft.keys.find((key) => key.name === name);
  if (known === undefined) return draft;
  const columns = table === undefined ? [] : known.columns.filter((each) => each.table !== table);
  addKeyNote(known.key, table, notes);
  if (columns.length > 0) {
    const keys = draft.keys.map((key) => (key === known ? { ...key, columns } : key));
    return { ...draft, keys };
  }
  return {
    ...draft,
    keys: draft.keys.filter((key) => key !== known),
    strategies: draft.strategies.filter(({ key }) => key !== name),
  };
}

/** One note for all tables of a key. */
function addKeyNote(key: string, table: Path[number] | undefined, notes: Fact[]): void {
  const at = notes.findIndex(({ code, names }) => code === codes.keyLeftOut && names?.key === key);
  const before = [notes[at]?.names?.tables ?? []].flat();
  const tables = table === undefined ? undefined : [...before, String(table)];
  const note = fact(codes.keyLeftOut, { severity: 'warning', names: { key, tables } });
  if (at === -1) notes.push(note);
  else notes[at] = note;
}
