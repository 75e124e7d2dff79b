// What to use next: the files for whoever carries a recommendation out.
import { buildRouter } from '../../router/build-router.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import { worded } from '../../wording/worded.ts';
import type { Artefact, ArtefactInput, Chosen } from './artefact-types.ts';
import { citusArtefacts } from './citus.ts';
import { constraintChecks } from './constraints.ts';
import { goModule, goRouter, goRouterTest } from './go/go-router.ts';
import { migrationPlan } from './migration.ts';
import { overlayYaml } from './overlay-yaml.ts';
import { pgdogArtefacts } from './pgdog.ts';
import { postgresFdw } from './postgres-fdw.ts';
import { type RouterPlan, routerPlan } from './router-plan.ts';
import { shardMapJson, shardMapSql } from './shard-map.ts';
import { sqlRouter, sqlSelfTest } from './sql/sql-router.ts';
import { typescriptRouter } from './typescript/typescript-router.ts';
import { vectorsOf } from './vectors.ts';
import { vschemaArtefacts } from './vschema.ts';

/** Keys that each router is tested with. */
const vectorCount = 300;

/** Every file, the list of all of them first. */
export function artefactsOf(input: ArtefactInput): readonly Artefact[] {
  const chosen = chosenOf(input);
  const { plan } = chosen;
  const placing = plan === null ? [] : placingFiles({ ...chosen, plan });
  const all = [
    ...placing,
    ...overlayYaml(chosen),
    ...constraintChecks(chosen),
    migrationPlan(chosen),
  ];
  return [readme(chosen, all), ...all];
}

function chosenOf(input: ArtefactInput): Chosen {
  const { scenario, strategy, shardCount, known, splitType } = input;
  const topology = topologyOf(scenario.topology, shardCount);
  const router = buildRouter(strategy, topology, known.type, known);
  const { split } = strategy;
  const splitBy =
    split === undefined || splitType === null
      ? null
      : { name: split.by, type: splitType, over: split.over };
  const plan = routerPlan(router, known, splitBy);
  const vectors = plan === null ? [] : vectorsOf(plan, router, known, vectorCount);
  const header = [`${strategy.name} on ${shardCount} shards, made by shardlab advise`];
  return { ...input, topology, router, plan, vectors, header };
}

type Planned = Chosen & { readonly plan: RouterPlan };

function placingFiles(chosen: Planned): Artefact[] {
  return [
    exact('shard-map.json', shardMapJson(chosen), fact('artefact-shard-map')),
    exact('shard-map.sql', shardMapSql(chosen), fact('artefact-shard-table')),
    ...routerFiles(chosen),
    ...postgresFdw(chosen),
    ...citusArtefacts(chosen),
    ...pgdogArtefacts(chosen),
    ...vschemaArtefacts(chosen),
  ];
}

const exact = (path: string, text: string, note: Fact): Artefact => {
  return { path, text, placement: 'exact', note };
};

function routerFiles(chosen: Planned): Artefact[] {
  const { plan, vectors, header } = chosen;
  const go = [`Package shardrouter: ${header.join(' ')}`];
  const sql = `${sqlRouter(plan, header)}\n\n${sqlSelfTest(plan, vectors)}\n`;
  const inGo = routerNote(chosen, 'Go');
  return [
    exact(
      'router/router.ts',
      typescriptRouter(plan, header, vectors),
      routerNote(chosen, 'TypeScript'),
    ),
    exact('router/go/go.mod', goModule, inGo),
    exact('router/go/router.go', goRouter(plan, go), inGo),
    exact('router/go/router_test.go', goRouterTest(plan, vectors), inGo),
    exact('router/router.sql', sql, routerNote(chosen, 'SQL')),
  ];
}

function routerNote({ plan, strategy }: Planned, language: string): Fact {
  if (!plan.isTableOnly) return fact('artefact-router', { names: { language } });
  const keys = plan.core.kind === 'list' ? plan.core.entries.length : 0;
  return fact('artefact-router-as-table', {
    severity: 'warning',
    numbers: { keys },
    names: { language, router: strategy.router },
  });
}

/** What each file is; a key of several columns has few. */
function readme({ strategy, header, plan }: Chosen, all: readonly Artefact[]): Artefact {
  const note =
    plan === null
      ? fact('artefact-composite-key', {
          severity: 'warning',
          numbers: { files: all.length },
          names: { key: strategy.key },
        })
      : fact('artefact-list');
  const rows = all.map((artefact) => {
    return `| ${artefact.path} | ${artefact.placement} | ${worded(artefact.note).text} |`;
  });
  const text = [
    `# ${header.join(' ')}`,
    worded(note).text,
    ['| file | placement | what it is |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
  return exact('README.md', `${text}\n`, note);
}
