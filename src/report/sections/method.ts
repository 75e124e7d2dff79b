import type { Cell, RunResult, Skew } from '../../result/types.ts';
import { definitions } from '../definitions.ts';
import type { Block, Fact, Section } from '../document.ts';
import { isRankedByLatency } from '../measured-repeats.ts';
import { bytes, duration, integer, percent, significant, counted } from '../../wording/format.ts';
import { lines, name, sentence, shortened } from '../text.ts';

/** How the numbers came about, what they mean, what they cannot show, and how to get them again. */
export function methodSection(result: RunResult): Section {
  const blocks: Block[] = [
    { kind: 'heading', text: 'Assumptions and limits' },
    { kind: 'list', items: limitsOf(result) },
    { kind: 'heading', text: 'Repeat it' },
    { kind: 'paragraph', text: 'The same command and seed draw the same arrivals:' },
    { kind: 'code', text: lines(shortened(result.command, 2000)) },
    { kind: 'heading', text: 'Run' },
    { kind: 'facts', facts: runFacts(result) },
    { kind: 'heading', text: 'Environment' },
    { kind: 'facts', facts: environmentFacts(result) },
    { kind: 'heading', text: 'Definitions' },
    { kind: 'facts', facts: definitions },
    {
      kind: 'details',
      summary: 'The scenario as understood, all defaults filled in',
      blocks: [
        { kind: 'code', text: lines(shortened(JSON.stringify(result.scenario, null, 2), 60_000)) },
      ],
    },
  ];
  return { id: 'method', title: `How it was ${result.source}`, blocks };
}

function limitsOf(result: RunResult): readonly string[] {
  const { source } = result;
  const items: string[] = [
    'Every strategy got the same ' +
      `${source === 'simulated' ? 'arrivals' : 'arrivals, tables and warm-up'}; it differs ` +
      'from the others only in the shard key and the router. With other tenants, ' +
      'operations or rates the result may be another.',
  ];
  if (result.source === 'simulated') {
    items.push(
      'Simulated in virtual time: no database ran. Times follow the model, not a machine; the ' +
        'machine below only computed them.',
    );
  } else if (result.environment.fleet !== 'urls') {
    items.push(
      'On one machine the shards share CPU and disk: compare the strategies with each other, and ' +
        'do not expect these times in production.',
      'Shards on one machine are slow at the same time, so the real cost of fan-out is higher.',
    );
  }
  items.push(
    'One placement is one draw of many: strategies are ranked by their capacity over hash salts, ' +
      (isRankedByLatency(result)
        ? 'and beside it by their median response time over the repeats.'
        : 'and by nothing else.'),
  );
  items.push(...result.environment.notes.map(({ text }) => sentence(text)));
  const crossShard = result.cells.filter((cell) => (cell.fanOut?.crossShardWrites ?? 0) > 0);
  if (crossShard.length > 0) {
    items.push(
      `Writes on several shards are not atomic: ${crossShard.map(crossShardText).join(', ')}.`,
    );
  }
  return items;
}

const crossShardText = (cell: Cell) =>
  `${name(cell.strategy)} ${integer(cell.fanOut?.crossShardWrites ?? 0)}`;

function runFacts(result: RunResult): readonly Fact[] {
  const { window, tenants } = result;
  return [
    { term: 'Source', text: result.source },
    { term: 'Started', text: result.startedAt },
    { term: 'Seed', text: String(result.seed) },
    { term: 'Arrivals digest', text: name(result.arrivalsDigest) },
    {
      term: 'Window',
      text:
        result.source === 'simulated'
          ? `${duration(window.durationMs)} simulated for each cell, from empty queues`
          : `${duration(window.durationMs)} measured after ${duration(window.warmupMs)} of ` +
            'warm-up, each cell',
    },
    ...orderFacts(result),
    {
      term: 'Tenants',
      text:
        `${integer(tenants.count)}; asked for: ${skewText(tenants.asked)}; ` +
        `achieved: ${skewText(tenants.achieved)}${alike(tenants)}`,
    },
    ...generatorFacts(result),
  ];
}

/** In virtual time no cell has to come before another. */
function orderFacts({ window, source }: RunResult): readonly Fact[] {
  if (source === 'simulated') return [];
  const order = shortened(window.cellOrder.map(name).join(', '), 4000);
  return [{ term: 'Order of cells', text: `${order} (drawn from the seed)` }];
}

const skewText = (skew: Skew) =>
  `top 1 ${percent(skew.top1)}, top 10 ${percent(skew.top10)}, top 1 % ${percent(skew.top1pct)}`;

/** Why there are no classes of tenants, where there cannot be any. */
const alike = ({ count, asked }: RunResult['tenants']): string =>
  count > 1 && asked.top1 * count < 1 + 1e-9
    ? '; no tenant is larger than another, so there are no classes of them'
    : '';

/** The worst of all cells: what the load generator itself may have added. */
function generatorFacts({ cells }: RunResult): readonly Fact[] {
  const measured = cells.flatMap((cell) => cell.generator ?? []);
  if (measured.length === 0) return [];
  const cpu = Math.max(...measured.map((one) => one.cpuFraction));
  const lags = measured.flatMap((one) => one.scheduleLagMs.p99 ?? []);
  const ratios = measured.flatMap((one) => one.little.ratio ?? []);
  const parts = [`at most ${percent(cpu)} of one core`];
  if (lags.length > 0) parts.push(`schedule lag p99 at most ${significant(Math.max(...lags))} ms`);
  if (ratios.length > 0) {
    const furthest = ratios.toSorted((a, b) => Math.abs(b - 1) - Math.abs(a - 1))[0] ?? 1;
    parts.push(`Little’s law off by at most ${percent(Math.abs(furthest - 1))}`);
  }
  const servers = cells.flatMap((cell) => cell.server ?? []);
  const facts = [{ term: 'Load generator', text: parts.join('; ') }];
  if (servers.length === 0) return facts;
  const sum = (key: 'checkpoints' | 'autovacuums' | 'walBytes') =>
    servers.reduce((total, server) => total + server[key], 0);
  const text =
    `${counted(sum('checkpoints'), 'checkpoint')}, ` +
    `${counted(sum('autovacuums'), 'autovacuum')} and ${bytes(sum('walBytes'))} of WAL ` +
    'within the windows, all cells together';
  return [...facts, { term: 'Servers', text }];
}

/** Settings that all servers share, and how many servers differ from the first. */
function settingsFacts(servers: RunResult['environment']['servers']): readonly Fact[] {
  const [first] = servers;
  if (first === undefined) return [];
  const text = (each: typeof first): string =>
    Object.entries(each.settings)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ');
  const other = servers.filter((each) => text(each) !== text(first)).length;
  const note = other === 0 ? '' : ` (shard 0; ${other} of ${servers.length} shards differ)`;
  return [{ term: 'Settings', text: sentence(text(first) + note) }];
}

function environmentFacts({ environment: e }: RunResult): readonly Fact[] {
  return [
    { term: 'shardlab', text: sentence(e.shardlab + (e.gitCommit ? ` (${e.gitCommit})` : '')) },
    { term: 'Node', text: sentence(e.node) },
    { term: 'Postgres', text: sentence(e.postgres) },
    { term: 'Fleet', text: sentence(`${e.fleet}: ${e.shards}`) },
    ...settingsFacts(e.servers),
    { term: 'Durability', text: sentence(e.durability) },
    { term: 'System', text: sentence(e.os) },
    { term: 'CPU', text: sentence(`${e.cpu}, ${counted(e.cores, 'core')}`) },
    { term: 'Memory', text: bytes(e.memoryBytes) },
    { term: 'File system', text: sentence(e.fileSystem) },
  ];
}
